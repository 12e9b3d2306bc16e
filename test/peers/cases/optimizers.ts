/** Owns the cases of the comparison with Keras for optimizers and their settings. */
import { dense } from '../../engine/plans';
import type { Json } from '../../../shared/document/document';
import { learningRateConfig } from '../../../shared/schedules/schedules';
import { caseOf, optimizer } from '../parity';

const optimizers: [string, Record<string, Json>][] = [
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
  ['Lamb', { learning_rate: 0.01 }],
  ['Lamb', { learning_rate: 0.05, beta_1: 0.8, beta_2: 0.9, epsilon: 1e-3, weight_decay: 0.1 }],
  ['Adafactor', { learning_rate: 0.1 }],
  ['Adafactor', { learning_rate: 0.8, beta_2_decay: -0.6, epsilon_2: 0.1, clip_threshold: 0.5, relative_step: false, weight_decay: 0.1 }],
  ['Muon', { learning_rate: 0.01 }],
  ['Muon', { learning_rate: 0.05, exclude_layers: ['(^|/)b/'], adam_lr_ratio: 0.5, adam_weight_decay: 0.2, weight_decay: 0.1, momentum: 0.8, nesterov: false, ns_steps: 3, rms_rate: 0.5 }],
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
]; // prettier-ignore

/** Options of all optimizers. */
const options = [
  ['SGD', { learning_rate: 0.5, clipnorm: 0.05 }],
  ['SGD', { learning_rate: 0.5, clipvalue: 0.02 }],
  ['SGD', { learning_rate: 0.5, global_clipnorm: 0.1 }],
  ['Adam', { learning_rate: 0.1, global_clipnorm: 100 }],
  ['SGD', { learning_rate: 0.1, weight_decay: 0.3, momentum: 0.9, nesterov: true }],
  ['Ftrl', { learning_rate: 0.1, weight_decay: 0.3 }],
  ['Lion', { learning_rate: 0.01, weight_decay: 0.3, clipnorm: 0.1 }],
  ['RMSprop', { learning_rate: 0.01, weight_decay: 0.1, clipvalue: 0.05 }],
  ['Adam', { learning_rate: 0.1, use_ema: true, ema_momentum: 0.7 }],
  ['Adam', { learning_rate: 0.1, use_ema: true, ema_momentum: 0.7, ema_overwrite_frequency: 2 }],
  ['AdamW', { learning_rate: 0.1, use_ema: true, ema_momentum: 0.4, ema_overwrite_frequency: 1, clipnorm: 0.1 }],
] as const; // prettier-ignore

/** Each schedule moves within the three steps, as a plan writes it. */
const schedules: [string, Record<string, Json>][] = [
  ['ExponentialDecay', { decay_steps: 2, decay_rate: 0.3 }],
  ['StepDecay', { decay_steps: 2, drop: 0.1 }],
  ['NaturalExponentialDecay', { decay_steps: 1, decay_rate: 0.8 }],
  ['InverseTimeDecay', { decay_steps: 1, decay_rate: 2, staircase: true }],
  ['PiecewiseConstantDecay', { boundaries: [1, 2], values: [0.1, 0.01] }],
  ['PolynomialDecay', { decay_steps: 2, end_learning_rate: 0.01, power: 2 }],
  ['CosineDecay', { decay_steps: 3, alpha: 0.1, warmup_target: 0.8, warmup_steps: 1 }],
  ['CosineDecayRestarts', { first_decay_steps: 2, m_mul: 0.5 }],
  ['Warmup', { warmup_steps: 3 }],
];

export const optimizerCases = [
  ...optimizers,
  ...options,
  ...schedules.map(
    ([class_name, config]) =>
      ['SGD', { learning_rate: learningRateConfig(0.5, { class_name, config }), momentum: 0.9 }] as const,
  ),
  [
    'Ftrl',
    {
      learning_rate: learningRateConfig(0.1, { class_name: 'CosineDecay', config: { decay_steps: 5 } }),
      beta: 0.1,
    },
  ] as const,
  [
    'AdamW',
    { learning_rate: learningRateConfig(0.1, { class_name: 'CosineDecay', config: { decay_steps: 4 } }) },
  ] as const,
].map(([name, config]) =>
  caseOf(`${name} ${JSON.stringify(config)}`, {
    input: [null, 5],
    layers: [dense('a', 6, 'tanh'), dense('b', 3, 'softmax')],
    ...optimizer(name, config),
  }),
);
