/** Nadam: Adam that looks ahead. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const nadam = defineOptimizer({
  type: 'Nadam',
  title: 'Nadam',
  search: ['adam', 'nesterov', 'momentum'],
  summary: 'Adam with Nesterov’s look ahead.',
  help: [
    'As Adam, but the step uses the average gradient as it will be after the next step, with a momentum that grows from half of beta_1 to beta_1 over the first steps.',
    'It holds two numbers for each weight.',
    'Typical mistake: comparing it with Adam after a few steps. Its momentum begins lower on purpose.',
  ].join('\n\n'),
  source: 'Dozat, Incorporating Nesterov momentum into Adam (2016); Keras documentation, Nadam optimizer',
  rate: 0.001,
  parameters: {
    beta_1: decay(0.9, 'Share of the old average gradient that is kept at each step.'),
    beta_2: decay(0.999, 'Share of the old average of squared gradients that is kept at each step.'),
    epsilon,
  },
});
