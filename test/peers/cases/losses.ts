/** Owns the cases of the comparison with Keras for losses, of logits, of what an activation hides, and weighted. */
import { dense } from '../../engine/plans';
import { caseOf, loss, optimizer } from '../parity';

const head = (units: number, activation: string) => [dense('a', 6, 'tanh'), dense('out', units, activation)];
/**
 * A layer that changes nothing hides the sigmoid from Keras' losses. Without it a categorical cross-entropy after a sigmoid
 * is computed there as if the sigmoid were a softmax (keras/src/backend/tensorflow/nn.py takes whatever logits were noted);
 * here it is computed from the probabilities, as its documentation says.
 */
const sigmoidThenIdentity = [
  dense('a', 6, 'tanh'),
  dense('b', 3, 'sigmoid'),
  { block: 'r', class_name: 'Reshape', config: { target_shape: [3] }, output_shape: [null, 3] },
];
export const lossCases = (
  [
    ['CCE of softmax', loss('CategoricalCrossentropy', 'one-hot'), head(4, 'softmax')],
    ['CCE of logits', loss('CategoricalCrossentropy', 'one-hot', { from_logits: true }), head(4, 'linear')],
    [
      'CCE label smoothing',
      loss('CategoricalCrossentropy', 'one-hot', { label_smoothing: 0.1 }),
      head(4, 'softmax'),
    ],
    [
      'CCE of probabilities that do not add up',
      loss('CategoricalCrossentropy', 'one-hot'),
      sigmoidThenIdentity,
    ],
    ['sparse CCE of softmax', loss('SparseCategoricalCrossentropy', 'index'), head(4, 'softmax')],
    [
      'sparse CCE of logits',
      loss('SparseCategoricalCrossentropy', 'index', { from_logits: true }),
      head(4, 'linear'),
    ],
    ['sparse CCE of sigmoids', loss('SparseCategoricalCrossentropy', 'index'), sigmoidThenIdentity],
    ['BCE of sigmoid', loss('BinaryCrossentropy', 'binary'), head(1, 'sigmoid')],
    ['BCE of logits', loss('BinaryCrossentropy', 'binary', { from_logits: true }), head(1, 'linear')],
    [
      'BCE label smoothing, several outputs',
      loss('BinaryCrossentropy', 'binary', { label_smoothing: 0.2 }),
      head(3, 'sigmoid'),
    ],
    ['BCE of clipped probabilities', loss('BinaryCrossentropy', 'binary'), sigmoidThenIdentity],
    ['MSE', loss('MeanSquaredError', 'values'), head(2, 'linear')],
    ['MAE', loss('MeanAbsoluteError', 'values'), head(2, 'linear')],
  ] as const
).map(([name, described, layers]) =>
  caseOf(name, { input: [null, 5], layers: [...layers], loss: described }),
);

export const weightedCases = [
  caseOf('sample weights', { input: [null, 5], layers: head(4, 'softmax') }, true),
  caseOf('saturated softmax', {
    input: [null, 5],
    layers: [
      dense('a', 60, 'relu', { kernel_initializer: 'ones' }),
      dense('out', 4, 'softmax', { kernel_initializer: 'random_normal' }),
    ],
    ...optimizer('SGD', { learning_rate: 0.001 }),
  }),
];
