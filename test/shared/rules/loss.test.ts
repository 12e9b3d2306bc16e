/** What is said about losses and the end of the network. */
import { describe, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import type { DataFacts } from '../../../shared/document/facts';
import { classes, column, data, features, oneHotClasses, target } from '../data';
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

const cases: Case[] = [
  { name: 'no softmax before the cross-entropy', code: 'loss/pairing', drawing: of(three, CCE, [dense(3)]), block: 'loss', severity: 'warning', says: 'Cross-entropy expects probabilities, but Dense gives values without bounds.', fixes: ['Insert Softmax', 'Switch from_logits on'], fixed: true },
  { name: 'ReLU before the cross-entropy', code: 'loss/pairing', drawing: of(three, CCE, [dense(3, 'relu')]), says: 'Dense ends in relu', fixes: ['Set activation to softmax'], fixed: true },
  { name: 'softmax as a block', code: 'loss/pairing', drawing: of(three, CCE, [dense(3), 'Softmax']) },
  { name: 'softmax as a parameter, dropout after it', code: 'loss/pairing', drawing: of(three, CCE, [dense(3, 'softmax'), 'Dropout']) },
  { name: 'logits for a loss that takes logits', code: 'loss/pairing', drawing: of(three, CCE, [dense(3)], { from_logits: true }) },
  { name: 'softmax for a loss that takes logits', code: 'loss/pairing', drawing: of(three, CCE, [dense(3), 'Softmax'], { from_logits: true }), says: 'has from_logits on, but Softmax already applies softmax', fixes: ['Switch from_logits off', 'Replace with Linear'], fixed: true },
  { name: 'sigmoid for one of several classes', code: 'loss/pairing', drawing: of(threeNumbers, SCCE, [dense(3, 'sigmoid')]), says: 'Dense ends in sigmoid, but Sparse cross-entropy goes with softmax', fixes: ['Set activation to softmax'], fixed: true },
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
