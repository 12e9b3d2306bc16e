/** Conv3DTranspose: a convolution backwards, which makes volumes larger. */
import { convolutionTranspose } from './convolution-transpose';

export const conv3dTranspose = convolutionTranspose(3, {
  search: ['deconvolution', 'transposed convolution', 'upsample', 'enlarge', 'volume', 'decoder', '3d u-net'],
  summary: 'A convolution backwards: every value draws a small box into a larger volume.',
  help: [
    'Each value of the input is multiplied with a box of weights, and the boxes are laid into the output, `strides` apart; where they overlap they are added. It holds (depth × height × width × channels × filters) weights and a bias for each filter.',
    'Shapes: `[batch, 4, 7, 7, 64]` with 32 filters of 3 × 3 × 3 and strides of 2 → `[batch, 8, 14, 14, 32]` with padding `same`.',
    'Typical mistake: a kernel size that the stride does not divide. The boxes then overlap unevenly and leave a pattern.',
  ],
  source: 'Çiçek et al., 3D U-Net (2016); Keras documentation, Conv3DTranspose layer',
});
