/** MeanSquaredLogarithmicError: the squared distance between logarithms. */
import { distanceLoss } from './distance-loss';
import { belowZero } from './counts';

export const meanSquaredLogarithmicError = distanceLoss({
  type: 'MeanSquaredLogarithmicError',
  title: 'MeanSquaredLogarithmicError',
  search: [
    'squared log error',
    'msle',
    'mean squared logarithmic error',
    'regression',
    'growth',
    'log scale',
    'rmsle',
  ],
  summary: 'The squared distance between the logarithms, for targets over several orders of magnitude.',
  help: [
    '`(log(prediction + 1) − log(target + 1))²`, averaged over outputs and samples. It counts by which factor a prediction is off, so that 20 for 10 costs about as much as 2,000 for 1,000.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample; both at least 0. Smaller predictions count as 0 and get no gradient.',
    'Typical mistakes: targets below 0, as a standardized column has them; an end of the network that can go below 0, where nothing is learned any more.',
  ],
  source: 'Keras documentation, MeanSquaredLogarithmicError loss',
  caption: () => 'distance of logarithms',
  reads: 'positive',
  doubt: (label) => belowZero('MeanSquaredLogarithmicError', label),
});
