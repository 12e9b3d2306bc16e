/** Ftrl: follow the regularised leader. */
import { defineOptimizer } from './optimizer-block';

export const ftrl = defineOptimizer({
  type: 'Ftrl',
  title: 'Ftrl',
  search: ['follow the regularized leader', 'sparse', 'click', 'linear model'],
  summary: 'Finds weights of which many are exactly 0, for large and sparse linear models.',
  help: [
    'It adds the gradients up, `z`, and takes for each weight the value that would have been best so far under the penalties: `w = −(z − clip(z, −l1, l1)) / (√a / learning_rate + 2 · l2)`, with `a` the sum of squared gradients. An L1 strength above 0 sets weights whose gradients add up to little exactly to 0.',
    'It holds two numbers for each weight.',
    'Typical mistake: using it for deep networks. The weights are worked out anew at each step, so that the drawn initial weights are forgotten after the first.',
  ].join('\n\n'),
  source:
    'McMahan et al., Ad click prediction: a view from the trenches (2013); Keras documentation, Ftrl optimizer',
  rate: 0.001,
  parameters: {
    learning_rate_power: {
      kind: 'number',
      default: -0.5,
      max: 0,
      help: 'How the rate falls with the sum of squared gradients; -0.5 is its square root.',
      advanced: true,
    },
    initial_accumulator_value: {
      kind: 'number',
      default: 0.1,
      min: 0,
      help: 'What the sum of squared gradients starts with.',
      advanced: true,
    },
    l1_regularization_strength: {
      kind: 'number',
      default: 0,
      min: 0,
      help: 'Penalty on the size of weights; above 0 many become exactly 0.',
    },
    l2_regularization_strength: { kind: 'number', default: 0, min: 0, help: 'Penalty on squared weights.' },
    l2_shrinkage_regularization_strength: {
      kind: 'number',
      default: 0,
      min: 0,
      help: 'Penalty on squared weights by way of the gradient.',
      advanced: true,
    },
    beta: { kind: 'number', default: 0, min: 0, help: 'Makes the first steps smaller.', advanced: true },
  },
});
