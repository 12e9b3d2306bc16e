/** Poisson: how well counts are explained by a predicted rate. */
import { distanceLoss } from './distance-loss';
import { belowZero } from './counts';

export const poisson = distanceLoss({
  type: 'Poisson',
  search: ['poisson loss', 'counts', 'events', 'rate', 'count regression'],
  summary: 'For predicting how often something happens: the target is a count, the prediction its mean.',
  help: [
    '`prediction − target · log(prediction)`, averaged over outputs and samples: the negative logarithm of the probability of that count, without the part that no prediction changes. It is smallest, and often below 0, where the prediction is the mean count.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one count per sample. The prediction must be above 0: end the network in `softplus` or `exponential`.',
    'Typical mistakes: no activation at the end, so that a negative prediction makes the loss undefined; a standardized target, which is no count any more.',
  ],
  source: 'Keras documentation, Poisson loss',
  caption: () => 'counts',
  reads: 'positive',
  doubt: (label) => belowZero('Poisson', label),
});
