/** What is said about losses and the end of the network. */
import { describe, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import type { DataFacts } from '../../../shared/document/facts';
import { classes, column, data, features, oneHotClasses, pixels, target } from '../data';
import { network } from '../draw';
import { check, type Case } from './says';

type Layers = Parameters<typeof network>[2];
type Params = Record<string, Json>;

const of =
  (facts: DataFacts, loss: string, layers: Layers, lossParams: Params = {}) =>
  () =>
    network(facts, [], layers, { loss, lossParams });
const dense = (units: number, activation = 'linear'): [string, Params] => ['Dense', { units, activation }];

const three = data([...features(4), oneHotClasses(3)]);
const threeNumbers = data([...features(4), classes(3)]);
const yesNo = data([...features(4), classes(2)]);
const price = data([...features(4), target({ min: 5, max: 50, mean: 22 })]);
const share = data([...features(4), target({ name: 'share', min: 0, max: 1, mean: 0.5 })]);
const text = data([
  ...features(4),
  column({ name: 'remark', role: 'target', dtype: 'string', min: null, max: null }),
]);

const CCE = 'CategoricalCrossentropy';
const SCCE = 'SparseCategoricalCrossentropy';
const BCE = 'BinaryCrossentropy';
const MSE = 'MeanSquaredError';

const signed = data([...features(4), target({ name: 'change', min: -2, max: 2 })]);
const signs = data([...features(4), target({ name: 'side', min: -1, max: 1 })]);
const counts = data([...features(4), target({ name: 'calls', min: 0, max: 12 })]);
const vector = data([...features(4), target({ name: 'colour', shape: [3] })]);
const shares = data([...features(4), target({ name: 'votes', shape: [3], min: 0, max: 1 })]);
const mask = data([pixels([8, 8, 1]), target({ name: 'mask', shape: [8, 8, 1], min: 0, max: 1 })]);
const places = data([pixels([8, 8, 1]), classes(3, { shape: [8, 8] })]);

/** For each loss an end of the network that does not go with it, and ends that do. */
interface End {
  loss: string;
  facts: DataFacts;
  bad: Layers;
  good: Layers[];
  says: string;
  fixes: string[];
  params?: Params;
}
const softmax = {
  says: 'expects probabilities, but Dense gives values without bounds',
  good: [[dense(3, 'softmax')]],
};
const sides = {
  says: 'expects scores on both sides of 0, but Dense ends in',
  fixes: ['Set activation to linear'],
};
const above = {
  facts: counts,
  says: 'expects values of at least 0, but Dense gives values without bounds',
  fixes: ['Set activation to softplus'],
  good: [[dense(1, 'softplus')], [dense(1, 'exponential')], [dense(1, 'relu')]],
};
const ENDS: End[] = [
  { loss: 'CategoricalFocalCrossentropy', facts: three, bad: [dense(3)], ...softmax, fixes: ['Insert Softmax', 'Switch from_logits on'] },
  { loss: 'CategoricalFocalCrossentropy', facts: three, bad: [dense(3, 'softmax')], good: [[dense(3)]], params: { from_logits: true }, says: 'already applies softmax', fixes: ['Switch from_logits off', 'Set activation to linear'] },
  { loss: 'BinaryFocalCrossentropy', facts: yesNo, bad: [dense(1)], good: [[dense(1, 'sigmoid')]], says: 'expects probabilities', fixes: ['Insert Sigmoid', 'Switch from_logits on'] },
  { loss: 'CategoricalGeneralizedCrossEntropy', facts: threeNumbers, bad: [dense(3)], ...softmax, fixes: ['Insert Softmax'] },
  { loss: 'ElementwiseCrossentropy', facts: three, bad: [dense(3, 'sigmoid')], good: [[dense(3, 'softmax')]], says: 'goes with softmax', fixes: ['Set activation to softmax'] },
  { loss: 'KLDivergence', facts: three, bad: [dense(3)], ...softmax, fixes: ['Insert Softmax'] },
  { loss: 'Dice', facts: yesNo, bad: [dense(1)], good: [[dense(1, 'sigmoid')]], says: 'expects probabilities', fixes: ['Insert Sigmoid'] },
  { loss: 'Tversky', facts: three, bad: [dense(3, 'relu')], good: [[dense(3, 'softmax')], [dense(3, 'sigmoid')]], says: 'Dense ends in relu', fixes: ['Set activation to softmax'] },
  { loss: 'Hinge', facts: yesNo, bad: [dense(1, 'sigmoid')], good: [[dense(1)], [dense(1, 'tanh')]], ...sides },
  { loss: 'SquaredHinge', facts: signs, bad: [dense(1, 'relu')], good: [[dense(1)]], ...sides },
  { loss: 'CategoricalHinge', facts: three, bad: [dense(3, 'softmax')], good: [[dense(3)]], ...sides },
  { loss: 'Poisson', bad: [dense(1)], ...above },
  { loss: 'MeanSquaredLogarithmicError', bad: [dense(1)], ...above },
  { loss: 'Huber', facts: share, bad: [dense(1, 'tanh')], good: [[dense(1)], [dense(1, 'sigmoid')]], says: 'ends in tanh, from -1 to 1', fixes: ['Set activation to sigmoid'] },
  { loss: 'LogCosh', facts: share, bad: [dense(1, 'tanh')], good: [[dense(1)]], says: 'ends in tanh, from -1 to 1', fixes: ['Set activation to sigmoid'] },
]; // prettier-ignore

const own = (text: string): [string, Params] => ['Formula', { formula: text }];
const words = data([pixels([8, 4]), classes(6, { name: 'word', shape: [3], max: 5 })]);
const weighed = (weights: Parameters<typeof column>[0], loss: string, layers: Layers, facts = price) =>
  of(data([...facts.columns, column(weights)]), loss, layers, { sample_weight: [weights.name] });

const cases: Case[] = [
  { name: 'a formula of two inputs with one wire', code: 'block/formula', drawing: of(price, MSE, [own('a * b'), dense(1)]), block: 'formula', severity: 'error', says: 'there is no b; it knows a, pi, e (character 5)' },
  { name: 'a formula whose shapes do not fit', code: 'block/formula', drawing: of(price, MSE, [own('mean(a, 2)'), dense(1)]), says: 'the axis must be a whole number from 1 to 1' },
  { name: 'a formula of what is there', code: 'block/formula', drawing: of(price, MSE, [own('a^2 + sin(a)'), dense(1)]) },
  { name: 'a formula that cannot be read', code: 'block/parameter', drawing: of(price, MSE, [own('a *'), dense(1)]), block: 'formula', severity: 'error', says: 'formula: the formula ends too early (character 4).' },
  { name: 'a loss of a prediction of another width', code: 'block/formula', drawing: of(vector, 'FormulaLoss', [dense(2)]), block: 'loss', severity: 'error', says: '[batch, 2] and [batch, 3] do not fit together' },
  { name: 'a loss without the samples', code: 'block/formula', drawing: of(price, 'FormulaLoss', [dense(1)], { formula: '2 * pi' }), says: 'does not depend on the samples' },
  { name: 'a loss as a formula', code: 'block/formula', drawing: of(price, 'FormulaLoss', [dense(1)], { formula: 'abs(p - y)' }) },
  { name: 'weights below 0', code: 'loss/weights', drawing: weighed({ name: 'trust', min: -1, max: 2 }, MSE, [dense(1)]), block: 'loss', severity: 'warning', says: 'weighs by "trust", which holds -1' },
  { name: 'weights from 0 on', code: 'loss/weights', drawing: weighed({ name: 'trust', min: 0, max: 2 }, MSE, [dense(1)]) },
  { name: 'weights of another shape', code: 'shape/mismatch', drawing: weighed({ name: 'trust', shape: [2], min: 0 }, MSE, [dense(1)]), severity: 'error', says: 'weighs by "trust", which has [2] per sample' },
  { name: 'weights of every pixel', code: 'shape/mismatch', drawing: weighed({ name: 'trust', shape: [8, 8, 1], min: 0 }, BCE, [['Conv2D', { filters: 1, padding: 'same' }], 'Sigmoid'], mask) },
  { name: 'weights of every pixel of an overlap', code: 'shape/mismatch', drawing: weighed({ name: 'trust', shape: [8, 8, 1], min: 0 }, 'Dice', [['Conv2D', { filters: 1, padding: 'same' }], 'Sigmoid'], mask), says: 'Dice weighs by "trust", which has [8, 8, 1] per sample' },
  { name: 'weights that are not there', code: 'data/column', drawing: of(price, MSE, [dense(1)], { sample_weight: ['trust'] }), severity: 'error', says: 'reads the column "trust", which Test data does not have' },
  { name: 'more symbols than steps', code: 'loss/pairing', drawing: of(data([pixels([2, 4]), words.columns[1]]), 'CTC', [dense(6)]), block: 'loss', severity: 'warning', says: 'CTC reads up to 3 symbols from "word", but Dense gives 2 steps' },
  { name: 'too few values for the symbols', code: 'loss/pairing', drawing: of(words, 'CTC', [dense(4)]), severity: 'error', says: 'holds symbols up to 5, but Dense gives 4 values per step', fixed: true },
  { name: 'CTC of one row', code: 'shape/mismatch', drawing: of(words, 'CTC', ['Flatten', dense(6)]), severity: 'error', says: 'CTC expects [batch, steps, symbols]' },
  { name: 'steps of symbols', code: 'loss/pairing', drawing: of(words, 'CTC', [dense(6)]) },
  { name: 'embeddings of one-hot classes', code: 'loss/pairing', drawing: of(three, 'TripletLoss', [dense(8)]), severity: 'error', says: 'Triplet reads one class number per sample; "class" has 3 values' },
  { name: 'embeddings of class numbers', code: 'loss/pairing', drawing: of(threeNumbers, 'Circle', [dense(8), 'UnitNormalization']) },
  { name: 'maps as embeddings', code: 'shape/mismatch', drawing: of(data([pixels([8, 8, 1]), classes(3)]), 'TripletLoss', [dense(8)]), says: 'Triplet expects [batch, width]' },

  { name: 'no softmax before the cross-entropy', code: 'loss/pairing', drawing: of(three, CCE, [dense(3)]), block: 'loss', severity: 'warning', says: 'CategoricalCrossentropy expects probabilities, but Dense gives values without bounds.', fixes: ['Insert Softmax', 'Switch from_logits on'], fixed: true },
  { name: 'ReLU before the cross-entropy', code: 'loss/pairing', drawing: of(three, CCE, [dense(3, 'relu')]), says: 'Dense ends in relu', fixes: ['Set activation to softmax'], fixed: true },
  { name: 'softmax as a block', code: 'loss/pairing', drawing: of(three, CCE, [dense(3), 'Softmax']) },
  { name: 'softmax as a parameter, dropout after it', code: 'loss/pairing', drawing: of(three, CCE, [dense(3, 'softmax'), 'Dropout']) },
  { name: 'logits for a loss that takes logits', code: 'loss/pairing', drawing: of(three, CCE, [dense(3)], { from_logits: true }) },
  { name: 'softmax for a loss that takes logits', code: 'loss/pairing', drawing: of(three, CCE, [dense(3), 'Softmax'], { from_logits: true }), says: 'has from_logits on, but Softmax already applies softmax', fixes: ['Switch from_logits off', 'Replace with Linear'], fixed: true },
  { name: 'sigmoid for one of several classes', code: 'loss/pairing', drawing: of(threeNumbers, SCCE, [dense(3, 'sigmoid')]), says: 'Dense ends in sigmoid, but SparseCategoricalCrossentropy goes with softmax', fixes: ['Set activation to softmax'], fixed: true },
  { name: 'a Sigmoid block for one of several classes', code: 'loss/pairing', drawing: of(threeNumbers, SCCE, [dense(3), 'Sigmoid']), says: 'ends in sigmoid', fixes: ['Replace with Softmax'], fixed: true },
  { name: 'softmax with independent questions', code: 'loss/pairing', drawing: of(three, BCE, [dense(3, 'softmax')]), says: 'goes with sigmoid', fixes: ['Set activation to sigmoid', 'Replace with CategoricalCrossentropy'], fixed: true },
  { name: 'sigmoid with independent questions', code: 'loss/pairing', drawing: of(three, BCE, [dense(3, 'sigmoid')]) },
  { name: 'softmax on one unit', code: 'loss/pairing', drawing: of(yesNo, BCE, [dense(1, 'softmax')]), block: 'dense', says: 'Dense is a softmax over a single unit, which is always 1.', fixes: ['Set activation to sigmoid'], fixed: true },
  { name: 'sigmoid on one unit', code: 'loss/pairing', drawing: of(yesNo, BCE, [dense(1, 'sigmoid')]) },
  { name: 'no sigmoid for yes or no', code: 'loss/pairing', drawing: of(yesNo, BCE, [dense(1)]), says: 'expects probabilities', fixes: ['Insert Sigmoid', 'Switch from_logits on'], fixed: true },
  { name: 'sigmoid for a binary loss that takes logits', code: 'loss/pairing', drawing: of(yesNo, BCE, [dense(1, 'sigmoid')], { from_logits: true }), says: 'already applies sigmoid', fixed: true },
  { name: 'squared error on classes', code: 'loss/pairing', drawing: of(yesNo, MSE, [dense(1, 'sigmoid')]), says: 'MeanSquaredError measures a distance, but "class" is a class (one of 2).', fixes: ['Replace with BinaryCrossentropy'], fixed: true },
  { name: 'squared error on one-hot classes', code: 'loss/pairing', drawing: of(three, MSE, [dense(3, 'softmax')]), says: 'one of 3', fixes: ['Replace with CategoricalCrossentropy'], fixed: true },
  { name: 'squared error on a number', code: 'loss/pairing', drawing: of(price, MSE, [dense(1)]) },
  { name: 'tanh for targets from 0 to 1', code: 'loss/pairing', drawing: of(share, MSE, [dense(1, 'tanh')]), says: 'ends in tanh, from -1 to 1, but the targets in "share" lie between 0 and 1', fixes: ['Set activation to sigmoid'], fixed: true },
  { name: 'sigmoid for targets from 0 to 1', code: 'loss/pairing', drawing: of(share, MSE, [dense(1, 'sigmoid')]) },
  { name: 'cross-entropy on a number', code: 'loss/pairing', drawing: of(price, SCCE, [dense(2, 'softmax')]), block: 'loss', severity: 'error', says: 'chooses between classes, but "price" is a number', fixes: ['Replace with MeanSquaredError', 'Replace with MeanAbsoluteError'], fixed: true },
  { name: 'class numbers for one-hot labels of the sparse loss', code: 'loss/pairing', drawing: of(three, SCCE, [dense(3), 'Softmax']), severity: 'error', says: 'reads class numbers; "class" is one-hot with 3 classes', fixes: ['Replace with CategoricalCrossentropy'], fixed: true },

  ...ENDS.flatMap(({ loss, facts, good, bad, says, fixes, params }): Case[] => [
    { name: `${loss} after ${JSON.stringify(bad)}`, code: 'loss/pairing', drawing: of(facts, loss, bad, params), block: 'loss', severity: 'warning', says, fixes, fixed: true },
    ...good.map((layers): Case => ({ name: `${loss} after ${JSON.stringify(layers)}`, code: 'loss/pairing', drawing: of(facts, loss, layers, params) })),
  ]),
  { name: 'a percentage of a target around 0', code: 'loss/pairing', drawing: of(signed, 'MeanAbsolutePercentageError', [dense(1)]), severity: 'warning', says: '"change" runs from -2 to 2 and so comes near 0', fixes: ['Replace with MeanAbsoluteError'], fixed: true },
  { name: 'a percentage of prices', code: 'loss/pairing', drawing: of(price, 'MeanAbsolutePercentageError', [dense(1)]) },
  { name: 'counts below 0', code: 'loss/pairing', drawing: of(signed, 'Poisson', [dense(1, 'softplus')]), severity: 'warning', says: 'made for targets of at least 0, but "change" goes down to -2', fixes: ['Replace with MeanSquaredError'], fixed: true },
  { name: 'logarithms of a target below 0', code: 'loss/pairing', drawing: of(signed, 'MeanSquaredLogarithmicError', [dense(1, 'softplus')]), says: 'goes down to -2', fixed: true },
  { name: 'the direction of a single number', code: 'loss/pairing', drawing: of(price, 'CosineSimilarity', [dense(1)]), says: '"price" is a single number per sample', fixes: ['Replace with MeanSquaredError'], fixed: true },
  { name: 'the direction of a vector', code: 'loss/pairing', drawing: of(vector, 'CosineSimilarity', [dense(3)]) },
  { name: 'shares that are none', code: 'loss/pairing', drawing: of(vector, 'KLDivergence', [dense(3, 'softmax')]), says: '"colour" runs from -2 to 2', fixes: ['Replace with MeanSquaredError'], fixed: true },
  { name: 'shares', code: 'loss/pairing', drawing: of(shares, 'KLDivergence', [dense(3, 'softmax')]) },
  { name: 'a distance on classes, whichever', code: 'loss/pairing', drawing: of(three, 'Huber', [dense(3)]), says: 'Huber measures a distance', fixes: ['Replace with CategoricalCrossentropy'] },
  { name: 'hinge on a number', code: 'loss/pairing', drawing: of(price, 'CategoricalHinge', [dense(2)]), severity: 'error', says: 'chooses between classes', fixed: true },
  { name: 'one-hot labels for the robust loss of class numbers', code: 'loss/pairing', drawing: of(three, 'CategoricalGeneralizedCrossEntropy', [dense(3, 'softmax')]), severity: 'error', says: 'is one-hot with 3 classes', fixes: ['Replace with CategoricalCrossentropy'], fixed: true },

  ...['CategoricalFocalCrossentropy', 'ElementwiseCrossentropy', 'KLDivergence', 'CategoricalHinge', 'Dice'].map((loss): Case => ({ name: `class numbers for ${loss}`, code: 'data/labels-not-one-hot', drawing: of(threeNumbers, loss, [dense(3, loss === 'CategoricalHinge' ? 'linear' : 'softmax')]), block: 'loss', severity: 'error', says: '"class" holds class numbers from 0 to 2', fixes: ['Insert OneHot', 'Replace with SparseCategoricalCrossentropy'], fixed: true })),
  { name: 'labels of −1 and 1 for hinge', code: 'data/labels-not-01', drawing: of(signs, 'Hinge', [dense(1)]) },
  { name: 'labels of −1 and 1 for the binary cross-entropy', code: 'data/labels-not-01', drawing: of(signs, BCE, [dense(1, 'sigmoid')]), severity: 'warning', says: '"side" runs from -1 to 1', fixes: ['Insert Scale to 0 and 1'], fixed: true },
  { name: 'labels of 1 and 2 for hinge', code: 'data/labels-not-01', drawing: of(data([...features(4), target({ name: 'ill', min: 1, max: 2 })]), 'SquaredHinge', [dense(1)]), says: 'reads labels of −1 and 1, or of 0 and 1', fixes: ['Insert Scale to 0 and 1'], fixed: true },
  { name: 'a mask per picture', code: 'shape/mismatch', drawing: of(mask, 'Dice', [['Conv2D', { filters: 1, padding: 'same', activation: 'sigmoid' }]]) },
  { name: 'a mask of another size', code: 'shape/mismatch', drawing: of(mask, 'Tversky', [['Conv2D', { filters: 1, activation: 'sigmoid' }]]), severity: 'error', says: 'Tversky expects [batch, 8, 8, 1]; it gets [batch, 6, 6, 1]' },
  { name: 'a class at every place', code: 'shape/mismatch', drawing: of(places, SCCE, [['Conv2D', { filters: 3, padding: 'same', activation: 'softmax' }]]) },
  { name: 'too few maps for the classes', code: 'shape/mismatch', drawing: of(places, SCCE, [['Conv2D', { filters: 2, padding: 'same', activation: 'softmax' }]]), severity: 'error', says: 'expects [batch, 8, 8, 3]', fixes: ['Set filters to 3'], fixed: true },

  { name: 'class numbers for the one-hot loss', code: 'data/labels-not-one-hot', drawing: of(threeNumbers, CCE, [dense(3), 'Softmax']), block: 'loss', severity: 'error', says: '"class" holds class numbers from 0 to 2', fixes: ['Insert OneHot', 'Replace with SparseCategoricalCrossentropy'], fixed: true },
  { name: 'one-hot labels for the one-hot loss', code: 'data/labels-not-one-hot', drawing: of(three, CCE, [dense(3), 'Softmax']) },

  { name: 'labels 1 and 2', code: 'data/labels-not-01', drawing: of(data([...features(4), target({ name: 'ill', min: 1, max: 2 })]), BCE, [dense(1, 'sigmoid')]), severity: 'warning', says: 'reads labels of 0 and 1; "ill" runs from 1 to 2', fixes: ['Insert Scale to 0 and 1'], fixed: true },
  { name: 'ten classes for yes or no', code: 'data/labels-not-01', drawing: of(data([...features(4), classes(10)]), BCE, [dense(1, 'sigmoid')]), severity: 'error', says: '"class" has 10 classes', fixes: ['Replace with SparseCategoricalCrossentropy'], fixed: true },
  { name: 'labels 0 and 1', code: 'data/labels-not-01', drawing: of(yesNo, BCE, [dense(1, 'sigmoid')]) },
  { name: 'a target that is a share', code: 'data/labels-not-01', drawing: of(share, BCE, [dense(1, 'sigmoid')]) },

  { name: 'a sigmoid for prices', code: 'data/target-range', drawing: of(price, MSE, [dense(1, 'sigmoid')]), says: 'run from 5 to 50, but Dense ends in sigmoid: between 0 and 1', fixes: ['Set activation to linear'], fixed: true },
  { name: 'ReLU for prices', code: 'data/target-range', drawing: of(price, MSE, [dense(1, 'relu')]) },
  { name: 'ReLU for targets below zero', code: 'data/target-range', drawing: of(data([...features(4), target()]), MSE, [dense(1), 'ReLU']), says: 'ends in relu: at least 0', fixes: ['Replace with Linear'], fixed: true },

  { name: 'text as a target', code: 'data/text', drawing: of(text, MSE, [dense(1)]), severity: 'error', says: 'The target column "remark" is text.' },
  { name: 'no target', code: 'data/column', drawing: of(data(features(4)), MSE, [dense(1)]), severity: 'error', says: 'Test data has no target column' },
  { name: 'a target that is not there', code: 'data/column', drawing: of(price, MSE, [dense(1)], { column: ['rent'] }), says: 'reads the column "rent", which Test data does not have' },
]; // prettier-ignore

describe('the loss and the end of the network', () => {
  it.each(cases)('$code: $name', check);
});
