/** ZeroPadding2D: a frame of zeros around a picture. */
import { zeroPadding } from './frame';

export const zeroPadding2d = zeroPadding(2, {
  search: ['pad', 'border', 'frame', 'margin'],
  summary: 'Puts rows and columns of zeros around a picture.',
  help: [
    'Shapes: `[batch, 28, 28, 1]` with a padding of 2 on every side → `[batch, 32, 32, 1]`. There are no weights.',
    'It brings pictures to the size that a network was made for, as LeNet-5 with its 32 × 32, or pads before a convolution with a stride in a way that `same` does not.',
    'Typical mistake: padding before a convolution that has padding `same` as well. The frame then grows twice.',
  ],
  source: 'Keras documentation, ZeroPadding2D layer',
});
