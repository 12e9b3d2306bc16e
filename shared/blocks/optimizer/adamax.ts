/** Adamax: Adam that divides by the largest recent gradient. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const adamax = defineOptimizer({
  type: 'Adamax',
  title: 'Adamax',
  search: ['adam', 'infinity norm'],
  summary: 'Adam with the largest recent gradient in place of the mean square.',
  help: [
    '`m ← beta_1 · m + (1 − beta_1) · g`, `u ← max(beta_2 · u, |g|)`, and a step of `w ← w − learning_rate · m / (1 − beta_1ᵗ) / (u + epsilon)`.',
    'A single large gradient makes the steps small for long. It suits weights that are seldom used, as in embeddings.',
    'Typical mistake: expecting much from the change. For most networks Adam and Adamax do alike.',
  ].join('\n\n'),
  source:
    'Kingma and Ba, Adam: a method for stochastic optimization (2015), section 7; Keras documentation, Adamax optimizer',
  rate: 0.001,
  parameters: {
    beta_1: decay(0.9, 'Share of the old average gradient that is kept at each step.'),
    beta_2: decay(0.999, 'Share of the largest gradient so far that is kept at each step.'),
    epsilon,
  },
});
