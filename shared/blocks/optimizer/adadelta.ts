/** Adadelta: steps in proportion to earlier steps. */
import { defineBlock } from '../block';
import { optimizerPorts } from '../ports';
import { decay, epsilon, learningRate, rateCaption } from './learning-rate';

export const adadelta = defineBlock({
  type: 'Adadelta',
  version: 1,
  title: 'Adadelta',
  category: 'Optimizer',
  search: ['adaptive', 'no learning rate'],
  summary: 'Measures each step by the size of earlier steps and recent gradients.',
  help: [
    '`s ← rho · s + (1 − rho) · g²`, step `d = √(u + epsilon) / √(s + epsilon) · g`, `u ← rho · u + (1 − rho) · d²`, `w ← w − learning_rate · d`.',
    'It holds two numbers for each weight. In the paper there is no learning rate, that is, it is 1.',
    'Typical mistake: the default rate of 0.001, which is a thousandth of what the paper has, and hardly moves anything.',
  ].join('\n\n'),
  source:
    'Zeiler, ADADELTA: an adaptive learning rate method (2012); Keras documentation, Adadelta optimizer',
  parameters: {
    learning_rate: learningRate(0.001),
    rho: decay(0.95, 'Share of the old averages that is kept at each step.', false),
    epsilon,
  },
  ports: () => optimizerPorts,
  caption: rateCaption,
  behaviour: {
    kind: 'optimizer',
    keras: ({ learning_rate, rho, epsilon }) => ({
      class_name: 'Adadelta',
      config: { learning_rate, rho, epsilon },
    }),
    learningRate: ({ learning_rate }) => learning_rate,
  },
});
