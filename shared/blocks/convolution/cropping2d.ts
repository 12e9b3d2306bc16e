/** Cropping2D: rows and columns at the edge of a picture are cut off. */
import { cropping } from './frame';

export const cropping2d = cropping(2, {
  search: ['crop', 'cut', 'trim', 'border', 'u-net'],
  summary: 'Cuts rows and columns off the edge of a picture.',
  help: [
    'Shapes: `[batch, 28, 28, 1]` with a cropping of 2 on every side → `[batch, 24, 24, 1]`. There are no weights.',
    'In a U-Net it brings the maps of the way down to the size of those on the way up, so that they can be joined.',
    'Typical mistake: cropping 4 rows at the top where 2 at the top and 2 at the bottom keep the middle.',
  ],
  source:
    'Ronneberger, Fischer and Brox, U-Net: convolutional networks for biomedical image segmentation (2015); Keras documentation, Cropping2D layer',
});
