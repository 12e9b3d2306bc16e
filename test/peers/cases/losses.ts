/** Owns the cases of the comparison with Keras for losses, of logits, of what an activation hides, of maps, and weighted. */
import { definitionOf, valuesOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import type { PlanLoss } from '../../../shared/compiler/plan';
import { dense, type PlanSketch } from '../../engine/plans';
import { caseOf, optimizer, weighedBy, withLoss, type LabelKind } from '../parity';

type Layers = PlanSketch['layers'];
type Params = Record<string, Json>;

const head = (units: number, activation: string): Layers => [
  dense('a', 6, 'tanh'),
  dense('out', units, activation),
];
/**
 * A layer that changes nothing hides the sigmoid from Keras' losses. Without it a categorical cross-entropy after a sigmoid
 * is computed there as if the sigmoid were a softmax (keras/src/backend/tensorflow/nn.py takes whatever logits were noted);
 * here it is computed from the probabilities, as its documentation says.
 */
const sigmoidThenIdentity: Layers = [
  dense('a', 6, 'tanh'),
  dense('b', 3, 'sigmoid'),
  { block: 'r', class_name: 'Reshape', config: { target_shape: [3] }, output_shape: [null, 3] },
];

/** Likewise for a softmax and the binary cross-entropy of each class. */
const softmaxThenIdentity: Layers = [
  dense('a', 6, 'tanh'),
  dense('b', 4, 'softmax'),
  { block: 'r', class_name: 'Reshape', config: { target_shape: [4] }, output_shape: [null, 4] },
];

/** Embeddings of length 1. */
const unit: Layers = [
  dense('a', 6, 'tanh'),
  dense('b', 3, 'linear'),
  { block: 'r', class_name: 'UnitNormalization', config: {}, output_shape: [null, 3] },
];
const STEPS_IN = [null, 7, 4];
/** Symbols at each of seven steps. */
const steps = (symbols: number): Layers => [
  { ...dense('a', 6, 'tanh'), output_shape: [null, 7, 6] },
  { ...dense('out', symbols, 'linear'), output_shape: [null, 7, symbols] },
];

const ROW = [null, 5];
const MAP = [null, 4, 3, 2];
/** The same layer at every place of a map. */
const map = (units: number, activation: string): Layers => [
  { ...dense('a', 6, 'tanh'), output_shape: [null, 4, 3, 6] },
  { ...dense('out', units, activation), output_shape: [null, 4, 3, units] },
];

/** The loss of a block as the compiler writes it into a plan. */
function lossOf(type: string, params: Params, more: Partial<PlanLoss> = {}): Partial<PlanLoss> {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'loss') throw new Error(`${type} is no loss`);
  const values = valuesOf({ type, params });
  const { labels, task } = behaviour;
  return {
    ...behaviour.keras(values),
    labels,
    task,
    predictionMeans: behaviour.predictionMeans(values),
    ...more,
  };
}

interface LossCase {
  type: string;
  layers: Layers;
  params?: Params;
  input?: (number | null)[];
  labels?: LabelKind;
  more?: Partial<PlanLoss>;
  says?: string;
}

const CCE = 'CategoricalCrossentropy';
const SCCE = 'SparseCategoricalCrossentropy';
const BCE = 'BinaryCrossentropy';
const logits = { from_logits: true };
const oneHot = { labels: 'one-hot', task: 'classification' } as const;
const tverskySettings = { alpha: 0.3, beta: 0.8 };

const cases: LossCase[] = [
  { type: CCE, layers: head(4, 'softmax') },
  { type: CCE, layers: head(4, 'linear'), params: logits },
  { type: CCE, layers: head(4, 'softmax'), params: { label_smoothing: 0.1 } },
  { type: CCE, layers: sigmoidThenIdentity, says: 'of probabilities that do not add up' },
  { type: CCE, layers: map(3, 'softmax'), input: MAP },
  { type: SCCE, layers: head(4, 'softmax') },
  { type: SCCE, layers: head(4, 'linear'), params: logits },
  { type: SCCE, layers: sigmoidThenIdentity, says: 'of sigmoids' },
  { type: SCCE, layers: map(3, 'softmax'), input: MAP },
  { type: BCE, layers: head(1, 'sigmoid') },
  { type: BCE, layers: head(1, 'linear'), params: logits },
  { type: BCE, layers: head(3, 'sigmoid'), params: { label_smoothing: 0.2 } },
  { type: BCE, layers: sigmoidThenIdentity, says: 'of clipped probabilities' },
  { type: BCE, layers: map(1, 'sigmoid'), input: MAP },
  { type: 'ElementwiseCrossentropy', layers: softmaxThenIdentity },
  { type: 'ElementwiseCrossentropy', layers: softmaxThenIdentity, params: { label_smoothing: 0.1 } },
  { type: 'CategoricalFocalCrossentropy', layers: head(4, 'softmax') },
  { type: 'CategoricalFocalCrossentropy', layers: head(4, 'linear'), params: { ...logits, gamma: 1.5, alpha: 0.6, label_smoothing: 0.1 } },
  { type: 'CategoricalFocalCrossentropy', layers: map(3, 'softmax'), input: MAP },
  { type: 'BinaryFocalCrossentropy', layers: head(1, 'sigmoid') },
  { type: 'BinaryFocalCrossentropy', layers: head(3, 'linear'), params: { ...logits, gamma: 3, label_smoothing: 0.2 } },
  { type: 'BinaryFocalCrossentropy', layers: sigmoidThenIdentity, params: { apply_class_balancing: true, alpha: 0.7 } },
  { type: 'CategoricalGeneralizedCrossEntropy', layers: head(4, 'softmax') },
  { type: 'CategoricalGeneralizedCrossEntropy', layers: head(4, 'softmax'), params: { q: 0.9 } },
  { type: 'KLDivergence', layers: head(4, 'softmax'), labels: 'shares' },
  { type: 'KLDivergence', layers: head(4, 'softmax') },
  { type: 'MeanSquaredError', layers: head(2, 'linear') },
  { type: 'MeanSquaredError', layers: map(2, 'linear'), input: MAP },
  { type: 'MeanAbsoluteError', layers: head(2, 'linear') },
  { type: 'MeanAbsolutePercentageError', layers: head(2, 'linear') },
  { type: 'MeanSquaredLogarithmicError', layers: head(2, 'softplus'), labels: 'counts' },
  { type: 'MeanSquaredLogarithmicError', layers: head(2, 'linear'), says: 'of negative numbers' },
  { type: 'Huber', layers: head(2, 'linear') },
  { type: 'Huber', layers: head(2, 'linear'), params: { delta: 0.4 } },
  { type: 'LogCosh', layers: head(2, 'linear') },
  { type: 'Poisson', layers: head(2, 'exponential'), labels: 'counts' },
  { type: 'CosineSimilarity', layers: head(3, 'linear') },
  { type: 'CosineSimilarity', layers: map(2, 'linear'), input: MAP, params: { axis: 1 } },
  { type: 'Hinge', layers: head(1, 'linear'), labels: 'signs' },
  { type: 'Hinge', layers: head(3, 'tanh') },
  { type: 'SquaredHinge', layers: head(1, 'linear') },
  { type: 'SquaredHinge', layers: head(2, 'linear'), labels: 'signs' },
  { type: 'CategoricalHinge', layers: head(4, 'linear') },
  { type: 'Dice', layers: map(1, 'sigmoid'), input: MAP },
  { type: 'Dice', layers: map(3, 'softmax'), input: MAP, params: { axis: [1, 2, 3] }, more: oneHot },
  { type: 'Dice', layers: map(3, 'softmax'), input: MAP, params: { axis: [0, 1, 2] }, more: oneHot },
  { type: 'Tversky', layers: map(1, 'sigmoid'), input: MAP, params: tverskySettings },
  { type: 'Tversky', layers: map(3, 'softmax'), input: MAP, params: { ...tverskySettings, axis: [1, 2] }, more: oneHot },
  { type: 'CTC', layers: steps(5), input: STEPS_IN, labels: 'symbols' },
  { type: 'CTC', layers: steps(2), input: STEPS_IN, labels: 'symbols', says: 'of one symbol, again and again' },
  { type: 'Circle', layers: unit, labels: 'index' },
  { type: 'Circle', layers: unit, labels: 'index', params: { gamma: 20, margin: 0.25, remove_diagonal: false } },
]; // prettier-ignore

const nameOf = ({ type, params = {}, input, layers, labels, says }: LossCase): string => {
  const activation = layers.at(-1)?.config?.activation;
  const words = [
    ...Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
    ...(input ? ['maps'] : []),
    ...(labels ? [labels] : []),
    ...(says ? [says] : typeof activation === 'string' ? [`after ${activation}`] : []),
  ];
  return `${type} ${words.join(', ')}`;
};

export const lossCases = cases.map((each) => {
  const { type, params = {}, input = ROW, layers, labels, more } = each;
  return caseOf(nameOf(each), { input, layers, loss: lossOf(type, params, more) }, false, { labels });
});

export const weightedCases = [
  caseOf('sample weights', { input: ROW, layers: head(4, 'softmax') }, true),
  caseOf(
    'sample weights, CategoricalHinge',
    { input: ROW, layers: head(4, 'linear'), loss: lossOf('CategoricalHinge', {}) },
    true,
  ),
  ...(
    [
      ['CategoricalCrossentropy', map(3, 'softmax'), MAP, [4, 3]],
      ['SparseCategoricalCrossentropy', map(3, 'softmax'), MAP, [4, 3]],
      ['MeanSquaredError', map(2, 'linear'), MAP, [4, 3]],
      ['BinaryCrossentropy', map(1, 'sigmoid'), MAP, [4, 3]],
      ['Huber', head(2, 'linear'), ROW, []],
      ['CategoricalHinge', head(4, 'linear'), ROW, []],
    ] as const
  ).map(([type, layers, input, shape]) =>
    weighedBy(
      caseOf(`a column of weights, ${type} ${shape.length > 0 ? 'of maps' : ''}`, {
        input: [...input],
        layers,
        loss: lossOf(type, {}),
      }),
      [...shape],
    ),
  ),
  caseOf('saturated softmax', {
    input: ROW,
    layers: [
      dense('a', 60, 'relu', { kernel_initializer: 'ones' }),
      dense('out', 4, 'softmax', { kernel_initializer: 'random_normal' }),
    ],
    ...optimizer('SGD', { learning_rate: 0.001 }),
  }),
];

/** Two heads on one body; Keras' `loss_weights`. */
const twoHeads: Layers = [
  dense('a', 6, 'tanh', { kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } } }),
  dense('number', 2, 'linear'),
  { ...dense('class', 3, 'softmax'), inbound: ['a'] },
];
export const severalLossesCases = [
  withLoss(
    caseOf('two losses, weighted 0.5 and 3', {
      input: ROW,
      layers: twoHeads,
      loss: lossOf('CategoricalCrossentropy', {}, { weight: 0.5 }),
    }),
    { prediction: 'number', ...lossOf('Huber', {}, { weight: 3 }) },
    'values',
  ),
];

/** What Keras lacks is trained recorded and eagerly, and held to its formula elsewhere. */
export const ownLossCases = [
  ...([
    ['TripletLoss', unit, 'index', {}],
    ['TripletLoss', unit, 'index', { mining: 'hard', squared: true, margin: 0.3 }],
    ['ContrastiveLoss', head(1, 'softplus'), 'binary', { margin: 2 }],
    ['FormulaLoss', head(2, 'linear'), 'values', { formula: 'd = p - y; where(abs(d) < 1, d^2 / 2, abs(d) - 0.5)' }],
    ['FormulaLoss', head(3, 'softmax'), 'one-hot', { formula: '-sum(y * log(clip(p, 1e-7, 1)), -1)' }],
  ] as const).map(([type, layers, labels, params]) =>
    caseOf(`${type} ${JSON.stringify(params)}`, { input: ROW, layers, loss: lossOf(type, params) }, false, { labels }),
  ),
  caseOf('a layer as a formula', {
    input: ROW,
    layers: [
      dense('a', 6, 'tanh'),
      { block: 'f', class_name: 'Formula', config: { formula: 'a * sigmoid(a) + (a > 0) * mean(a)' }, output_shape: [null, 6] },
      dense('out', 4, 'softmax'),
    ],
    ...optimizer('UpdateRule', { rule: 'v = 0.9*v + g^2; w = w - rate * g / sqrt(v + 1e-6)' }),
  }),
]; // prettier-ignore
