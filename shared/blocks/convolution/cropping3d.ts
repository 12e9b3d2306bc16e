/** Cropping3D: the sides of a volume are cut off. */
import { cropping } from './frame';

export const cropping3d = cropping(3, {
  search: ['crop', 'cut', 'trim', 'volume', '3d u-net'],
  summary: 'Cuts slices, rows and columns off the sides of a volume.',
  help: [
    'Shapes: `[batch, 16, 28, 28, 1]` with a cropping of 1 on every side → `[batch, 14, 26, 26, 1]`. There are no weights.',
    'In a 3D U-Net it brings the maps of the way down to the size of those on the way up.',
    'Typical mistake: giving the numbers in another order. They go front, behind, top, bottom, left, right.',
  ],
  source: 'Çiçek et al., 3D U-Net (2016); Keras documentation, Cropping3D layer',
});
