/** MeanAbsoluteError: the distance to a number. */
import { distanceLoss } from './distance-loss';

export const meanAbsoluteError = distanceLoss({
  type: 'MeanAbsoluteError',
  search: ['mae', 'l1 loss', 'regression', 'absolute deviation', 'robust'],
  summary: 'The distance between prediction and target, for predicting numbers with outliers.',
  help: [
    '`|prediction − target|`, averaged over outputs and samples. A single wild target pulls less than with MeanSquaredError; the best constant answer is the median.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample. The unit is that of the target.',
    'Typical mistake: expecting it to settle: its slope is the same near the target as far away, so a smaller learning rate is needed at the end.',
  ],
  source: 'Keras documentation, MeanAbsoluteError loss',
  caption: () => 'distance',
});
