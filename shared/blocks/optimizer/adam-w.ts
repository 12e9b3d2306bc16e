/** AdamW: Adam with weights that shrink a little at each step. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const adamW = defineOptimizer({
  type: 'AdamW',
  title: 'AdamW',
  search: ['adam', 'weight decay', 'decoupled', 'transformer'],
  summary: 'Adam that also makes all weights a little smaller at each step, against overfitting.',
  help: [
    '`w ← w − learning_rate · weight_decay · w`, then a step of Adam. The decay is no part of the gradient, so that Adam does not divide it by the size of the gradients, as it does with an L2 penalty.',
    'It holds two numbers for each weight, as Adam does. Biases shrink as well.',
    'Typical mistake: an L2 penalty in the layers as well. The weights then shrink twice.',
  ].join('\n\n'),
  source:
    'Loshchilov and Hutter, Decoupled weight decay regularization (2019); Keras documentation, AdamW optimizer',
  rate: 0.001,
  parameters: {
    beta_1: decay(0.9, 'Share of the old average gradient that is kept at each step.'),
    beta_2: decay(0.999, 'Share of the old average of squared gradients that is kept at each step.'),
    epsilon,
    weight_decay: {
      kind: 'number',
      default: 0.004,
      min: 0,
      help: 'Share of each weight, times the learning rate, that is taken off at each step.',
    },
    amsgrad: {
      kind: 'boolean',
      default: false,
      help: 'Divides by the largest average of squared gradients so far.',
      advanced: true,
    },
  },
});
