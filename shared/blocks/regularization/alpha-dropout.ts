/** AlphaDropout: dropout that keeps mean and variance, for SELU. */
import { dropoutBlock } from './noise';

export const alphaDropout = dropoutBlock('AlphaDropout', 'values', {
  search: ['selu', 'self-normalising', 'regularisation', 'regularization', 'overfitting'],
  summary: 'Drops values while training in a way that keeps their mean and variance, for networks with SELU.',
  help: [
    'In training each value is set with probability `rate` to −1.758, the value that SELU ends at, and everything is then scaled and shifted so that a mean of 0 and a variance of 1 stay. In evaluation nothing is changed.',
    'The shape does not change and there are no weights. It belongs after layers with activation `selu` and initialiser `lecun_normal`.',
    'Typical mistake: using it with ReLU, where Dropout is meant.',
  ],
  formula: 'y = a · (x where kept, else −1.758) + b, where a and b restore mean and variance',
  source:
    'Klambauer et al., Self-normalizing neural networks (2017); Keras documentation, AlphaDropout layer',
});
