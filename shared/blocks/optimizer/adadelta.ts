/** Adadelta: steps in proportion to earlier steps. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const adadelta = defineOptimizer({
  type: 'Adadelta',
  title: 'Adadelta',
  search: ['adaptive', 'no learning rate'],
  summary: 'Measures each step by the size of earlier steps and recent gradients.',
  help: [
    '`s ← rho · s + (1 − rho) · g²`, step `d = √(u + epsilon) / √(s + epsilon) · g`, `u ← rho · u + (1 − rho) · d²`, `w ← w − learning_rate · d`.',
    'It holds two numbers for each weight. In the paper there is no learning rate, that is, it is 1.',
    'Typical mistake: the default rate of 0.001, which is a thousandth of what the paper has, and hardly moves anything.',
  ].join('\n\n'),
  source:
    'Zeiler, ADADELTA: an adaptive learning rate method (2012); Keras documentation, Adadelta optimizer',
  rate: 0.001,
  parameters: {
    rho: decay(0.95, 'Share of the old averages that is kept at each step.', false),
    epsilon,
  },
});
