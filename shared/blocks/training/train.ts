/** Train: ordinary learning by gradient descent. */
import { defineBlock } from '../block';
import {
  AVERAGES,
  METRIC_DEFAULTS,
  METRIC_NAMES,
  metricKind,
  type MetricName,
} from '../../metrics/metric-kinds';
import type { Parameters } from '../parameter';

type Monitor = 'loss' | 'val_loss' | MetricName | `val_${MetricName}`;
const MONITORS: readonly Monitor[] = [
  'val_loss',
  ...METRIC_NAMES.map((name): Monitor => `val_${name}`),
  'loss',
  ...METRIC_NAMES.filter((name) => metricKind(name).measured === 'batch'),
];

export const trainParameters = {
  epochs: {
    kind: 'integer',
    default: 10,
    min: 1,
    max: 1_000_000,
    help: 'How often the training part is gone through.',
    unit: 'epochs',
  },
  batch_size: {
    kind: 'integer',
    default: 32,
    min: 1,
    max: 1_000_000,
    help: 'Samples between two changes of the weights; 32 to 128 is usual.',
    unit: 'samples',
  },
  shuffle: { kind: 'boolean', default: true, help: 'Draws a new order of the samples for each epoch.' },
  metrics: {
    kind: 'choices',
    default: [],
    options: METRIC_NAMES,
    help: 'What is measured beside the loss; none chosen means accuracy for classes and mean_absolute_error for numbers.',
  },
  average: {
    kind: 'choice',
    default: METRIC_DEFAULTS.average,
    options: AVERAGES,
    help: 'How metrics of single classes become one, in scikit-learn’s words; `none` shows each class, `auto` the yes of yes or no and else the mean over classes.',
    advanced: true,
  },
  top_k: {
    kind: 'integer',
    default: METRIC_DEFAULTS.top_k,
    min: 1,
    help: 'For top_k_categorical_accuracy: an answer is right where the true class is among this many.',
    unit: 'classes',
    advanced: true,
  },
  max_val: {
    kind: 'number',
    default: METRIC_DEFAULTS.max_val,
    min: 0,
    above: true,
    help: 'For psnr: the largest value that a pixel can have; 1 for scaled pictures, 255 for raw ones.',
    advanced: true,
  },
  beta: {
    kind: 'number',
    default: METRIC_DEFAULTS.beta,
    min: 0,
    above: true,
    help: 'For fbeta_score: how many times as much recall counts as precision; 2 where misses are worse.',
    advanced: true,
  },
  at: {
    kind: 'number',
    default: METRIC_DEFAULTS.at,
    min: 0,
    max: 1,
    help: 'For the metrics at a share: what the other figure must reach at least, as the recall of precision_at_recall.',
    advanced: true,
  },
  class_weight: {
    kind: 'class-weight',
    default: null,
    help: 'Makes mistakes on some classes count more; `balanced` weighs rare classes up as in scikit-learn.',
    advanced: true,
  },
  monitor: {
    kind: 'choice',
    default: 'val_loss',
    options: MONITORS,
    help: 'The figure by which the best epoch is chosen; val_ is of the validation part.',
    advanced: true,
  },
  restore_best_weights: {
    kind: 'boolean',
    default: true,
    help: 'Keeps the weights of the best epoch instead of the last.',
  },
  early_stopping: {
    kind: 'boolean',
    default: false,
    help: 'Ends the run when the monitored figure no longer gets better.',
  },
  patience: {
    kind: 'integer',
    default: 5,
    min: 0,
    help: 'How many epochs without a better figure are waited for.',
    unit: 'epochs',
    when: { parameter: 'early_stopping', is: [true] },
  },
  min_delta: {
    kind: 'number',
    default: 0,
    min: 0,
    help: 'Changes smaller than this do not count as better.',
    advanced: true,
    when: { parameter: 'early_stopping', is: [true] },
  },
  trainable: {
    kind: 'blocks',
    default: null,
    help: 'The blocks whose weights may change; all by default.',
    advanced: true,
  },
  stage: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    help: 'Train blocks of one stage alternate, batch by batch; a stage begins when the one before has ended.',
    advanced: true,
  },
  steps_per_turn: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    help: 'Where Train blocks alternate: how many steps this one takes on each batch before the next one has its turn.',
    unit: 'steps',
    advanced: true,
  },
} as const satisfies Parameters;

export const train = defineBlock({
  type: 'Train',
  version: 1,
  title: 'Train',
  category: 'Training',
  search: [
    'fit',
    'learn',
    'trainer',
    'epochs',
    'batch size',
    'early stopping',
    'metrics',
    'run',
    'gan',
    'alternate',
    'stages',
    'pre-training',
    'n_critic',
  ],
  summary: 'Changes the weights, batch by batch, so that the loss becomes smaller.',
  help: [
    'Each epoch goes once through the training part in batches of `batch_size`; after each batch the optimizer changes the weights. After each epoch the loss and the metrics are measured on the validation part, with dropout off.',
    'Several losses may be wired to it: their sum, each times its `weight`, is made smaller, and each is reported beside it. `restore_best_weights` keeps the weights of the best epoch by `monitor`; early stopping ends the run when nothing got better for `patience` epochs.',
    'Typical mistakes: no validation part, so that overfitting stays unseen; choosing settings by the test part, which then no longer tells how good the network is.',
    'Several Train blocks are combined by their `stage`. Those of one stage alternate: on each batch every one takes its steps, in the order of their ids, and changes only its `trainable` blocks. A generative adversarial network is two of them. Stages follow in order: a network is trained layer by layer where each layer has a stage of its own. In a stage the first Train block says how many epochs there are and how large the batches.',
    'Metrics judge and are not learned from. Precision, recall, F1, areas, IoU and R² are worked out from all predictions of a part, so they are known after each epoch for validation and at the end for training.',
  ].join('\n\n'),
  source: 'Keras documentation, Model.fit and EarlyStopping; scikit-learn documentation, class_weight',
  parameters: trainParameters,
  ports: () => ({
    inputs: [
      { name: 'loss', kind: 'loss', many: true },
      { name: 'optimizer', kind: 'optimizer' },
    ],
    outputs: [{ name: 'metrics', kind: 'metric' }],
  }),
  caption: ({ epochs, batch_size }) =>
    `${epochs.toLocaleString('en')} ${epochs === 1 ? 'epoch' : 'epochs'}, batch ${batch_size}`,
  behaviour: { kind: 'train' },
});
