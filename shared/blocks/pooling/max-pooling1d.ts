/** MaxPooling1D: the largest value of each window along a sequence. */
import { pooling } from './pool';

export const maxPooling1d = pooling('Max', 1, {
  search: ['max pool', 'sequence', 'downsample', 'subsampling', 'time series'],
  summary: 'Makes a sequence shorter by keeping the largest value of each window.',
  help: [
    'Shapes: `[batch, 96, 32]` with a pool of 2 → `[batch, 48, 32]`. Each channel is treated on its own; there are no weights.',
    'It says that a pattern was found near a time, no longer exactly when.',
    'Typical mistake: a length that the pool does not divide. With padding `valid` the last steps are then never looked at.',
  ],
  source: 'Keras documentation, MaxPooling1D layer',
});
