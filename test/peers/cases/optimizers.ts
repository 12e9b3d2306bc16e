/** Owns the cases of the comparison with Keras for optimizers and their settings. */
import { dense } from '../../engine/plans';
import { caseOf, optimizer } from '../parity';

const optimizers = [
  ['SGD', { learning_rate: 0.1 }],
  ['SGD', { learning_rate: 0.1, momentum: 0.9 }],
  ['SGD', { learning_rate: 0.1, momentum: 0.9, nesterov: true }],
  ['RMSprop', { learning_rate: 0.01 }],
  ['RMSprop', { learning_rate: 0.01, rho: 0.8, momentum: 0.5 }],
  ['RMSprop', { learning_rate: 0.01, momentum: 0.5, centered: true, epsilon: 1e-3 }],
  ['Adam', { learning_rate: 0.01 }],
  ['Adam', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-3, amsgrad: true }],
  ['AdamW', { learning_rate: 0.01 }],
  ['AdamW', { learning_rate: 0.1, weight_decay: 0.5, amsgrad: true, epsilon: 1e-3 }],
  ['Adamax', { learning_rate: 0.01 }],
  ['Adamax', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.5, epsilon: 1e-3 }],
  ['Nadam', { learning_rate: 0.01, epsilon: 1e-4 }],
  ['Nadam', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-3 }],
  ['Adagrad', { learning_rate: 0.1 }],
  ['Adagrad', { learning_rate: 0.1, initial_accumulator_value: 0, epsilon: 1e-3 }],
  ['Adadelta', { learning_rate: 0.5 }],
  ['Adadelta', { learning_rate: 0.5, rho: 0.7, epsilon: 1e-3 }],
  ['Lion', { learning_rate: 0.01 }],
  ['Lion', { learning_rate: 0.01, beta_1: 0.5, beta_2: 0.8 }],
  ['Ftrl', { learning_rate: 0.1 }],
  [
    'Ftrl',
    {
      learning_rate: 0.1,
      learning_rate_power: -0.7,
      initial_accumulator_value: 0.3,
      l1_regularization_strength: 0.01,
      l2_regularization_strength: 0.02,
      l2_shrinkage_regularization_strength: 0.03,
      beta: 0.2,
    },
  ],
] as const;
export const optimizerCases = optimizers.map(([name, config]) =>
  caseOf(`${name} ${JSON.stringify(config)}`, {
    input: [null, 5],
    layers: [dense('a', 6, 'tanh'), dense('b', 3, 'softmax')],
    ...optimizer(name, config),
  }),
);
