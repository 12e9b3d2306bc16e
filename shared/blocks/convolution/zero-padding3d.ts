/** ZeroPadding3D: zeros on all sides of a volume. */
import { zeroPadding } from './frame';

export const zeroPadding3d = zeroPadding(3, {
  search: ['pad', 'border', 'margin', 'volume'],
  summary: 'Puts slices, rows and columns of zeros around a volume.',
  help: [
    'Shapes: `[batch, 14, 28, 28, 1]` with a padding of 1 on every side → `[batch, 16, 30, 30, 1]`. There are no weights.',
    'Two paths that are to be joined can be brought to the same size with it.',
    'Typical mistake: giving the numbers in another order. They go front, behind, top, bottom, left, right.',
  ],
  source: 'Keras documentation, ZeroPadding3D layer',
});
