/** Conv3D: small filters that slide through a volume. */
import { convolution } from './convolution';

export const conv3d = convolution(3, {
  search: ['convolution', 'volume', 'voxel', 'video', 'ct', 'mri', 'spatio-temporal'],
  summary: 'Slides small filters through a volume or along the pictures of a film.',
  help: [
    'As Conv2D, with one more axis: a filter is a small box of weights over all channels. It holds (depth × height × width × channels + 1) × filters weights.',
    'Shapes: `[batch, 16, 28, 28, 1]` with 32 filters of 3 × 3 × 3 → `[batch, 14, 26, 26, 32]` with padding `valid`, `[batch, 16, 28, 28, 32]` with `same`. In a film the first axis is time.',
    'Typical mistake: large boxes with many filters. The cost grows with the volume of the box and of the input; two of 3 × 3 × 3 see as far as one of 5 × 5 × 5 for less.',
  ],
  source:
    'Tran et al., Learning spatiotemporal features with 3D convolutional networks (2015); Keras documentation, Conv3D layer',
});
