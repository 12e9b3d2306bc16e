/** RMSprop: steps divided by the running size of the gradient. */
import { defineBlock } from '../block';
import { optimizerPorts } from '../ports';
import { decay, epsilon, learningRate, rateCaption } from './learning-rate';

export const rmsprop = defineBlock({
  type: 'RMSprop',
  version: 1,
  title: 'RMSprop',
  category: 'Optimizer',
  search: ['adaptive', 'root mean square'],
  summary: 'Divides each step by the recent size of its gradient, so that every weight gets its own rate.',
  help: [
    '`s ← rho · s + (1 − rho) · g²`, `w ← w − learning_rate · g / √(s + epsilon)`. With `centered` the square of the average gradient is taken off s; with momentum the steps add up as in SGD.',
    'Weights with large gradients take smaller steps, those with small gradients larger ones.',
    'Typical mistake: believing that it includes momentum. That is 0 unless it is set.',
  ].join('\n\n'),
  source:
    'Hinton, Neural networks for machine learning, lecture 6 (2012); Keras documentation, RMSprop optimizer',
  parameters: {
    learning_rate: learningRate(0.001),
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
  ports: () => optimizerPorts,
  caption: rateCaption,
  behaviour: {
    kind: 'optimizer',
    keras: ({ learning_rate, rho, momentum, epsilon, centered }) => ({
      class_name: 'RMSprop',
      config: { learning_rate, rho, momentum, epsilon, centered },
    }),
    learningRate: ({ learning_rate }) => learning_rate,
  },
});
