/** Adagrad: steps divided by all gradients so far. */
import { defineBlock } from '../block';
import { optimizerPorts } from '../ports';
import { epsilon, learningRate, rateCaption } from './learning-rate';

export const adagrad = defineBlock({
  type: 'Adagrad',
  version: 1,
  title: 'Adagrad',
  category: 'Optimizer',
  search: ['adaptive', 'sparse'],
  summary: 'Divides each step by the sum of all squared gradients so far.',
  help: [
    '`a ← a + g²`, `w ← w − learning_rate · g / √(a + epsilon)`. Weights that are seldom moved take large steps when they are.',
    'It holds one number for each weight, which only grows, so that steps become ever smaller.',
    'Typical mistake: the small default rate. 0.001 is often far too little for it; 0.01 to 0.1 is usual.',
  ].join('\n\n'),
  source:
    'Duchi, Hazan and Singer, Adaptive subgradient methods (2011); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 2',
  parameters: {
    learning_rate: learningRate(0.001),
    initial_accumulator_value: {
      kind: 'number',
      default: 0.1,
      min: 0,
      help: 'What the sum starts with.',
      advanced: true,
    },
    epsilon,
  },
  ports: () => optimizerPorts,
  caption: rateCaption,
  behaviour: {
    kind: 'optimizer',
    keras: ({ learning_rate, initial_accumulator_value, epsilon }) => ({
      class_name: 'Adagrad',
      config: { learning_rate, initial_accumulator_value, epsilon },
    }),
    learningRate: ({ learning_rate }) => learning_rate,
  },
});
