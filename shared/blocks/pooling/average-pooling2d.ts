/** AveragePooling2D: the mean of each window. */
import { pooling } from './pool';

export const averagePooling2d = pooling('Average', 2, {
  search: ['average pool', 'mean pool', 'subsampling', 'downsample', 'shrink', 'avgpool'],
  summary: 'Makes a picture smaller by averaging each window.',
  help: [
    'Shapes: `[batch, 26, 26, 32]` with a pool of 2 × 2 → `[batch, 13, 13, 32]`. Each channel is treated on its own; there are no weights. With padding `same` only pixels inside the picture are averaged.',
    'It blurs where MaxPooling2D keeps the strongest answer. LeNet used it; most later networks use the maximum.',
    'Typical mistake: a size that the pool does not divide. With padding `valid` the last row and column are then never looked at.',
  ],
  source:
    'LeCun et al., Gradient-based learning applied to document recognition (1998); Keras documentation, AveragePooling2D layer',
});
