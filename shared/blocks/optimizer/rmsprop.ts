/** RMSprop: steps divided by the running size of the gradient. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const rmsprop = defineOptimizer({
  type: 'RMSprop',
  title: 'RMSprop',
  search: ['adaptive', 'root mean square'],
  summary: 'Divides each step by the recent size of its gradient, so that every weight gets its own rate.',
  help: [
    '`s ← rho · s + (1 − rho) · g²`, `w ← w − learning_rate · g / √(s + epsilon)`. With `centered` the square of the average gradient is taken off s; with momentum the steps add up as in SGD.',
    'Weights with large gradients take smaller steps, those with small gradients larger ones.',
    'Typical mistake: believing that it includes momentum. That is 0 unless it is set.',
  ].join('\n\n'),
  source:
    'Hinton, Neural networks for machine learning, lecture 6 (2012); Keras documentation, RMSprop optimizer',
  rate: 0.001,
  parameters: {
    rho: decay(0.9, 'Share of the old average of squared gradients that is kept at each step.', false),
    momentum: {
      kind: 'number',
      default: 0,
      min: 0,
      max: 1,
      help: 'Share of the last step that is kept; 0 is none.',
    },
    epsilon,
    centered: {
      kind: 'boolean',
      default: false,
      help: 'Divides by the spread of the gradient instead of its size.',
      advanced: true,
    },
  },
});
