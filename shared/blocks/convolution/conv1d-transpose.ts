/** Conv1DTranspose: a convolution backwards, which makes sequences longer. */
import { convolutionTranspose } from './convolution-transpose';

export const conv1dTranspose = convolutionTranspose(1, {
  search: ['deconvolution', 'transposed convolution', 'upsample', 'longer', 'decoder', 'generator', 'signal'],
  summary: 'A convolution backwards: every step draws a short pattern into a longer sequence.',
  help: [
    'Each step of the input is multiplied with a window of weights, and the windows are laid into the output, `strides` apart; where they overlap they are added. It holds kernel_size × channels × filters weights and a bias for each filter.',
    'Shapes: `[batch, 50, 16]` with 8 filters of 4 and strides of 2 → `[batch, 100, 8]` with padding `same`, `[batch, 102, 8]` with `valid`.',
    'Typical mistake: a kernel size that the stride does not divide. The windows then overlap unevenly, which is heard as a tone in sound.',
  ],
  source:
    'Dumoulin and Visin, A guide to convolution arithmetic (2016); Keras documentation, Conv1DTranspose layer',
});
