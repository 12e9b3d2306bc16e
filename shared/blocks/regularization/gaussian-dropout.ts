/** GaussianDropout: values are multiplied by random factors while training. */
import { dropoutBlock } from './noise';

export const gaussianDropout = dropoutBlock('GaussianDropout', 'values', {
  search: ['multiplicative noise', 'regularisation', 'regularization', 'overfitting'],
  summary: 'Multiplies every value by a random factor around 1 while training.',
  help: [
    'In training `x · r`, where r is a normal random number with mean 1 and standard deviation `√(rate / (1 − rate))` for each value, which disturbs as much as Dropout with the same rate. In evaluation nothing is changed.',
    'The shape does not change and there are no weights.',
    'Typical mistake: expecting zeros. No value is dropped wholly; at a rate of 0.5 factors from −1 to 3 are usual.',
  ],
  source:
    'Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014), section 10; Keras documentation, GaussianDropout layer',
});
