/** SGD: a step against the gradient, with or without momentum. */
import { defineOptimizer } from './optimizer-block';

export const sgd = defineOptimizer({
  type: 'SGD',
  title: 'SGD',
  search: ['stochastic gradient descent', 'gradient descent', 'momentum', 'nesterov'],
  summary: 'Gradient descent: a step against the gradient of each batch, with optional momentum.',
  help: [
    'Without momentum: `w ← w − learning_rate · g`. With momentum the steps add up while they point the same way: `v ← momentum · v − learning_rate · g`, `w ← w + v`. Nesterov looks ahead along v first: `w ← w + momentum · v − learning_rate · g`.',
    'It keeps no memory but v. One rate serves all weights, so the data should be scaled well.',
    'Typical mistake: taking over the learning rate of Adam. SGD usually needs one that is ten times as large, 0.01 to 0.1.',
  ].join('\n\n'),
  source:
    'Keras documentation, SGD optimizer; Sutskever et al., On the importance of initialization and momentum (2013)',
  rate: 0.01,
  parameters: {
    momentum: {
      kind: 'number',
      default: 0,
      min: 0,
      max: 1,
      help: 'Share of the last step that is kept; 0.9 is usual, 0 is none.',
    },
    nesterov: {
      kind: 'boolean',
      default: false,
      help: 'Looks ahead along the momentum before it measures the slope.',
    },
  },
});
