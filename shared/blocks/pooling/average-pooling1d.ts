/** AveragePooling1D: the mean of each window along a sequence. */
import { pooling } from './pool';

export const averagePooling1d = pooling('Average', 1, {
  search: ['average pool', 'mean pool', 'sequence', 'downsample', 'moving average', 'time series'],
  summary: 'Makes a sequence shorter by averaging each window.',
  help: [
    'Shapes: `[batch, 96, 32]` with a pool of 2 → `[batch, 48, 32]`. Each channel is treated on its own; there are no weights. With padding `same` only steps inside the sequence are averaged.',
    'With strides of 1 it is a moving average, which smooths.',
    'Typical mistake: a length that the pool does not divide. With padding `valid` the last steps are then never looked at.',
  ],
  source: 'Keras documentation, AveragePooling1D layer',
});
