/** Dropout: sets random values to zero while training. */
import { dropoutBlock } from './noise';

export const dropout = dropoutBlock('Dropout', 'values', {
  search: ['regularisation', 'regularization', 'overfitting', 'noise', 'keep_prob'],
  summary: 'Sets a random share of the values to zero while training, against overfitting.',
  help: [
    'In training each value is set to 0 with probability `rate`, and the others are multiplied by 1 / (1 − rate), so that their expected sum stays the same. In evaluation nothing is dropped.',
    'The shape does not change and there are no weights.',
    'Typical mistake: mixing up the share that is dropped with the share that is kept. Older books give `keep_prob`; `rate` is 1 − keep_prob.',
  ],
  formula: 'y = x · keep / (1 − rate), where keep is 0 with probability rate, else 1',
  source: 'Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014)',
});
