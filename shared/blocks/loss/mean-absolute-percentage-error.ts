/** MeanAbsolutePercentageError: the distance as a share of the target. */
import { distanceLoss } from './distance-loss';
import { lossFinding } from './loss-labels';

export const meanAbsolutePercentageError = distanceLoss({
  type: 'MeanAbsolutePercentageError',
  title: 'MeanAbsolutePercentageError',
  search: [
    'percentage error',
    'mape',
    'mean absolute percentage error',
    'relative error',
    'regression',
    'percent',
  ],
  summary: 'The distance to the target in percent of the target.',
  help: [
    '`100 · |prediction − target| / |target|`, averaged over outputs and samples. An error of 10 counts as much at a target of 100 as an error of 1 at 10.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample. The unit is percent.',
    'Typical mistake: targets near 0, for which a tiny error is thousands of percent; a standardized target has many. Too large predictions can cost more than 100 % and too small ones cannot, so the network learns to predict too little.',
  ],
  source: 'Keras documentation, MeanAbsolutePercentageError loss',
  caption: () => 'distance in percent',
  doubt: ({ name, min, max }) =>
    min === null || max === null || min > 0 || max < 0
      ? null
      : lossFinding(
          'loss/pairing',
          'warning',
          'labels',
          `MeanAbsolutePercentageError divides by the target, but "${name}" runs from ${min} to ${max} and so comes near 0.`,
          'A small error at a target near 0 is an enormous percentage, and such samples alone decide what is learned.',
          [{ label: 'Replace with MeanAbsoluteError', kind: 'replace', type: 'MeanAbsoluteError' }],
        ),
});
