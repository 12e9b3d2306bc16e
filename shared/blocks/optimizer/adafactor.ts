/** Adafactor: Adam's rates of their own for every weight, with next to no memory. */
import { defineOptimizer } from './optimizer-block';

export const adafactor = defineOptimizer({
  type: 'Adafactor',
  title: 'Adafactor',
  search: ['memory', 'factored', 'transformer', 't5'],
  summary: 'Like Adam, but keeps only the mean of each row and column of a matrix instead of every square.',
  help: [
    'The average of squared gradients of a matrix is rebuilt from its rows r and columns c, `v = r · c / mean(r)`. The step is cut where it is longer than usual, and its size follows that of the weights: `max(epsilon_2, rms(w)) · min(learning_rate, 1/√t)`.',
    'Of a matrix with n rows and m columns it holds n + m numbers, where Adam holds 2 · n · m.',
    'Typical mistake: expecting the learning rate to be the step. With relative_step it is only the largest rate; the steps shrink as 1/√t.',
  ].join('\n\n'),
  source: 'Shazeer and Stern, Adafactor (2018); Keras documentation, Adafactor optimizer',
  rate: 0.001,
  parameters: {
    beta_2_decay: {
      kind: 'number',
      default: -0.8,
      max: 0,
      help: 'How fast the averages come to look back further: beta_2 is 1 − t to this power.',
      advanced: true,
    },
    epsilon_1: { kind: 'number', default: 1e-30, min: 0, help: 'Added to squared gradients, against division by zero.', advanced: true },
    epsilon_2: { kind: 'number', default: 1e-3, min: 0, help: 'Weights that are smaller than this move as if they were this large.', advanced: true },
    clip_threshold: { kind: 'number', default: 1, min: 0, above: true, help: 'Steps whose mean size is above this are cut to it.' },
    relative_step: { kind: 'boolean', default: true, help: 'A constant learning rate falls as 1/√t once that is smaller.' },
  },
}); // prettier-ignore
