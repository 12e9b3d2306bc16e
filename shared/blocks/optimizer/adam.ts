/** Adam: momentum and a rate of its own for every weight. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const adam = defineOptimizer({
  type: 'Adam',
  title: 'Adam',
  search: ['adaptive moments', 'amsgrad', 'default optimizer'],
  summary: 'Momentum together with a rate of its own for every weight: a good first choice.',
  help: [
    'Keeps an average of the gradient, `m ← beta_1 · m + (1 − beta_1) · g`, and of its square, `v ← beta_2 · v + (1 − beta_2) · g²`, corrects both for their start at 0, and steps by `w ← w − learning_rate · m / (√v + epsilon)`.',
    'It holds two numbers for each weight. The defaults work for most networks.',
    'Typical mistake: a learning rate of 0.1. One book gives it as the default; the default is 0.001, and 0.1 usually destroys the training.',
  ].join('\n\n'),
  source:
    'Kingma and Ba, Adam: a method for stochastic optimization (2015); Reddi, Kale and Kumar, On the convergence of Adam and beyond (2018), for amsgrad',
  rate: 0.001,
  parameters: {
    beta_1: decay(0.9, 'Share of the old average gradient that is kept at each step.'),
    beta_2: decay(0.999, 'Share of the old average of squared gradients that is kept at each step.'),
    epsilon,
    amsgrad: {
      kind: 'boolean',
      default: false,
      help: 'Divides by the largest average of squared gradients so far.',
      advanced: true,
    },
  },
});
