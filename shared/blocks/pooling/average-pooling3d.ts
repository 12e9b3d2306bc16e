/** AveragePooling3D: the mean of each box. */
import { pooling } from './pool';

export const averagePooling3d = pooling('Average', 3, {
  search: ['average pool', 'mean pool', 'downsample', 'volume', 'video'],
  summary: 'Makes a volume smaller by averaging each box.',
  help: [
    'Shapes: `[batch, 16, 28, 28, 8]` with a pool of 2 × 2 × 2 → `[batch, 8, 14, 14, 8]`. Each channel is treated on its own; there are no weights. With padding `same` only values inside the volume are averaged.',
    'It blurs where MaxPooling3D keeps the strongest answer.',
    'Typical mistake: a size that the pool does not divide. With padding `valid` the last slice, row and column are then never looked at.',
  ],
  source: 'Keras documentation, AveragePooling3D layer',
});
