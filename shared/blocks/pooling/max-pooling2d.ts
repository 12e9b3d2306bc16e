/** MaxPooling2D: the largest value of each window. */
import { pooling } from './pool';

export const maxPooling2d = pooling('Max', 2, {
  search: ['max pool', 'subsampling', 'downsample', 'shrink', 'maxpool'],
  summary: 'Makes a picture smaller by keeping the largest value of each window.',
  help: [
    'Shapes: `[batch, 26, 26, 32]` with a pool of 2 × 2 → `[batch, 13, 13, 32]`. Each channel is treated on its own; there are no weights.',
    'It says that a pattern was found near a place, but no longer where exactly. That makes the network less sensitive to small shifts and the next layers cheaper.',
    'Typical mistake: a size that the pool does not divide. With padding `valid` the last row and column are then never looked at.',
  ],
  source:
    'Keras documentation, MaxPooling2D layer; Gulli and Pal, Deep Learning with Keras (2017), chapter 3',
});
