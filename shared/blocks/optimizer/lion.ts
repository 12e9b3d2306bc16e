/** Lion: steps of one size, by sign. */
import { decay } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const lion = defineOptimizer({
  type: 'Lion',
  title: 'Lion',
  search: ['sign', 'evolved'],
  summary: 'Moves every weight by the same amount, in the direction of the average gradient.',
  help: [
    '`w ← w − learning_rate · sign(beta_1 · m + (1 − beta_1) · g)`, then `m ← beta_2 · m + (1 − beta_2) · g`. Only the sign counts, not the size.',
    'It holds one number for each weight, half of what Adam needs.',
    'Typical mistake: the rate of Adam. Steps do not become smaller near the goal, so a rate 3 to 10 times smaller is usual.',
  ].join('\n\n'),
  source:
    'Chen et al., Symbolic discovery of optimization algorithms (2023); Keras documentation, Lion optimizer',
  rate: 0.001,
  parameters: {
    beta_1: { ...decay(0.9, 'Share of the old average in the direction of the step.'), above: true },
    beta_2: decay(0.99, 'Share of the old average that is kept at each step.'),
  },
});
