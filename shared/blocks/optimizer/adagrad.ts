/** Adagrad: steps divided by all gradients so far. */
import { epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const adagrad = defineOptimizer({
  type: 'Adagrad',
  title: 'Adagrad',
  search: ['adaptive', 'sparse'],
  summary: 'Divides each step by the sum of all squared gradients so far.',
  help: [
    '`a ← a + g²`, `w ← w − learning_rate · g / √(a + epsilon)`. Weights that are seldom moved take large steps when they are.',
    'It holds one number for each weight, which only grows, so that steps become ever smaller.',
    'Typical mistake: the small default rate. 0.001 is often far too little for it; 0.01 to 0.1 is usual.',
  ].join('\n\n'),
  source:
    'Duchi, Hazan and Singer, Adaptive subgradient methods (2011); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 2',
  rate: 0.001,
  parameters: {
    initial_accumulator_value: {
      kind: 'number',
      default: 0.1,
      min: 0,
      help: 'What the sum starts with.',
      advanced: true,
    },
    epsilon,
  },
});
