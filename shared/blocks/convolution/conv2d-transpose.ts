/** Conv2DTranspose: a convolution backwards, which makes pictures larger. */
import { convolutionTranspose } from './convolution-transpose';

export const conv2dTranspose = convolutionTranspose(2, {
  search: ['deconvolution', 'transposed convolution', 'upsample', 'enlarge', 'decoder', 'generator', 'dcgan'],
  summary: 'A convolution backwards: every value draws a small pattern into a larger picture.',
  help: [
    'Each value of the input is multiplied with a window of weights, and the windows are laid into the output, `strides` apart; where they overlap they are added. It holds (height × width × channels × filters) weights and a bias for each filter.',
    'Shapes: `[batch, 7, 7, 64]` with 32 filters of 3 × 3 and strides of 2 → `[batch, 14, 14, 32]` with padding `same`, `[batch, 15, 15, 32]` with `valid`.',
    'Typical mistake: a kernel size that the stride does not divide. The windows then overlap unevenly and leave a pattern of squares; UpSampling2D with a Conv2D after it does not.',
  ],
  source:
    'Dumoulin and Visin, A guide to convolution arithmetic (2016); Keras documentation, Conv2DTranspose layer',
});
