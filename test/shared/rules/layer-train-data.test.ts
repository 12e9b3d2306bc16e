/** What is said about layers, the Train block and the data. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import { compile } from '../../../shared/compiler/compile';
import {
  classes,
  column,
  data,
  digitsData,
  features,
  oneHotClasses,
  pixels,
  rawPixels,
  target,
  unsplit,
} from '../data';
import { draw, network } from '../draw';
import { check, type Case } from './says';

type Layers = Parameters<typeof network>[2];
const dense = (units: number, activation = 'linear'): [string, Record<string, Json>] => [
  'Dense',
  { units, activation },
];
const table = data([...features(4), oneHotClasses(3)]);
const pictures = data([pixels([28, 28, 1]), oneHotClasses(3)]);
const layers =
  (...blocks: Layers) =>
  () =>
    network(table, [], blocks);
const onPictures =
  (...blocks: Layers) =>
  () =>
    network(pictures, [], blocks);
const price = (given: Parameters<typeof data>[1] = {}) => data([...features(4), target()], given);
const regression = (facts = price(), train: Record<string, Json> = {}) =>
  network(facts, [], [dense(1)], { loss: 'MeanSquaredError', train });
/** Two Train blocks on one loss, the first with this optimizer. */
const turns = (optimizer: string) =>
  network(price(), [], [dense(1)], { loss: 'MeanSquaredError', optimizer, train: { batch_size: 10000 } })
    .place('SGD', {}, { id: 'sgd' })
    .place('Train', { batch_size: 10000 }, { id: 'second' })
    .wire('loss', 'second')
    .wire('sgd', 'second');
/** The same loss for a second Train block. */
const inTurns = (first: Record<string, Json>, second: Record<string, Json>, facts = price()) =>
  regression(facts, first)
    .place('Adam', {}, { id: 'adam_2' })
    .place('Train', second, { id: 'train_2' })
    .wire('loss', 'train_2')
    .wire('adam_2', 'train_2');

const cases: Case[] = [
  { name: 'ReLU as parameter and block', code: 'layer/activation-twice', drawing: layers(dense(8, 'relu'), 'ReLU', dense(3), 'Softmax'), block: 're_lu', severity: 'warning', says: 'applies relu, and ReLU applies it again', fixes: ['Remove ReLU', 'Set activation to linear'], fixed: true },
  { name: 'ReLU before softmax', code: 'layer/activation-twice', drawing: layers(dense(3, 'relu'), 'Softmax'), says: 'Dense applies relu, and Softmax applies softmax to the result', fixes: ['Set activation to linear', 'Remove Softmax'], fixed: true },
  { name: 'softmax twice', code: 'layer/activation-twice', drawing: layers(dense(3, 'softmax'), 'Dropout', 'Softmax'), says: 'Dense applies softmax, and Softmax applies it again', fixed: true },
  { name: 'two activation blocks', code: 'layer/activation-twice', drawing: layers(dense(8), 'Tanh', 'ReLU', dense(3), 'Softmax'), says: 'Tanh applies tanh, and ReLU applies relu', fixes: ['Remove ReLU'], fixed: true },
  { name: 'an activation after a linear layer', code: 'layer/activation-twice', drawing: layers(dense(8), 'ReLU', dense(3), 'Softmax') },
  { name: 'an activation, a layer and an activation', code: 'layer/activation-twice', drawing: layers(dense(8, 'relu'), dense(3, 'softmax')) },

  { name: 'Dense after a convolution', code: 'layer/dense-on-map', drawing: onPictures('Conv2D', 'ReLU', dense(3), 'Flatten', dense(3), 'Softmax'), block: 'dense', severity: 'warning', says: 'Dense gets [batch, 26, 26, 32] from ReLU and works on its last axis only', fixes: ['Insert Flatten', 'Average the map'], fixed: true },
  { name: 'Dense after Flatten', code: 'layer/dense-on-map', drawing: onPictures('Flatten', dense(3), 'Softmax') },
  { name: 'Dense after a global average', code: 'layer/dense-on-map', drawing: onPictures('Conv2D', 'GlobalAveragePooling2D', dense(3), 'Softmax') },

  { name: 'two linear Dense layers', code: 'layer/linear-stack', drawing: layers(dense(8), dense(3), 'Softmax'), block: 'dense_2', severity: 'warning', says: 'Dense (dense) and Dense (dense_2) follow each other with nothing non-linear between them', fixes: ['Insert ReLU', 'Set activation to relu'], fixed: true },
  { name: 'a dropout between them', code: 'layer/linear-stack', drawing: layers(dense(8), 'Dropout', 'BatchNormalization', dense(3), 'Softmax'), says: 'nothing non-linear', fixed: true },
  { name: 'a convolution averaged into Dense', code: 'layer/linear-stack', drawing: onPictures('Conv2D', 'GlobalAveragePooling2D', dense(3), 'Softmax'), says: 'Conv2D and Dense follow each other' },
  { name: 'a Linear block between them', code: 'layer/linear-stack', drawing: layers(dense(8), 'Linear', dense(3), 'Softmax'), says: 'nothing non-linear' },
  { name: 'few channels between many, as in MobileNet-v2', code: 'layer/linear-stack', drawing: onPictures(['Conv2D', { filters: 32, activation: 'relu' }], ['Conv2D', { filters: 4, kernel_size: 1 }], ['Conv2D', { filters: 24, kernel_size: 1, activation: 'relu' }], 'Flatten', dense(3), 'Softmax'), severity: 'hint', says: 'follow each other' },
  { name: 'scores that are enlarged, as in FCN', code: 'layer/linear-stack', drawing: onPictures(['Conv2D', { filters: 8, activation: 'relu' }], ['Conv2D', { filters: 3 }], ['Conv2DTranspose', { filters: 3, strides: 2, activation: 'relu' }], 'Flatten', dense(3), 'Softmax'), severity: 'hint', says: 'follow each other' },
  { name: 'ReLU between them', code: 'layer/linear-stack', drawing: layers(dense(8), 'ReLU', dense(3), 'Softmax') },
  { name: 'tanh as a parameter', code: 'layer/linear-stack', drawing: layers(dense(8, 'tanh'), dense(3), 'Softmax') },
  { name: 'a maximum between them', code: 'layer/linear-stack', drawing: onPictures('Conv2D', 'MaxPooling2D', 'Flatten', dense(3), 'Softmax') },

  { name: 'identity for a filter', code: 'layer/init', drawing: onPictures(['Conv2D', { kernel_initializer: 'identity' }], 'Flatten', dense(3), 'Softmax'), block: 'conv2d', severity: 'error', says: 'kernel_initializer is identity, but its kernel has the shape [3, 3, 1, 32]', fixed: true },
  { name: 'identity for a matrix', code: 'layer/init', drawing: layers(['Dense', { units: 4, kernel_initializer: 'identity' }], dense(3), 'Softmax') },
  { name: 'right angles for a filter', code: 'layer/regularizer', drawing: onPictures(['Conv2D', { kernel_regularizer: { orthogonal: 0.01 } }], 'Flatten', dense(3), 'Softmax'), block: 'conv2d', severity: 'error', says: 'kernel_regularizer is orthogonal by rows, but its kernel has the shape [3, 3, 1, 32]', fixes: ['Set kernel_regularizer to the default'], fixed: true },
  { name: 'right angles of a single column', code: 'layer/regularizer', drawing: layers(['Dense', { units: 1, kernel_regularizer: { orthogonal: 0.01, mode: 'columns' } }], dense(3), 'Softmax'), says: 'orthogonal by columns' },
  { name: 'right angles for a matrix', code: 'layer/regularizer', drawing: layers(['Dense', { units: 4, kernel_regularizer: { orthogonal: 0.01, mode: 'columns' } }], 'ReLU', dense(3), 'Softmax') },
  { name: 'zeros in a hidden layer', code: 'layer/init', drawing: layers(['Dense', { units: 4, kernel_initializer: 'zeros' }], 'ReLU', dense(3), 'Softmax'), severity: 'warning', says: 'All weights of Dense (dense) start as zeros', fixed: true },
  { name: 'zeros in the last layer', code: 'layer/init', drawing: layers(dense(4, 'relu'), ['Dense', { units: 3, kernel_initializer: 'zeros' }], 'Softmax') },

  { name: 'Rprop with batches', code: 'train/batch', drawing: () => network(price(), [], [dense(1)], { loss: 'MeanSquaredError', optimizer: 'Rprop' }), block: 'train', severity: 'warning', says: '(32 of 8,000)', fixes: ['Set batch_size to 8000'], fixed: true },
  { name: 'Rprop with all samples', code: 'train/batch', drawing: () => network(price(), [], [dense(1)], { loss: 'MeanSquaredError', optimizer: 'Rprop', train: { batch_size: 10000 } }) },
  { name: 'Adam with batches', code: 'train/batch', drawing: () => regression() },
  { name: 'a search that takes turns', code: 'train/search', drawing: () => turns('LBFGS'), block: 'optimizer', severity: 'error', says: 'L-BFGS searches along the slope of Train', fixes: ['Set stage to 2'], fixed: true },
  { name: 'a search in a stage of its own', code: 'train/search', drawing: () => turns('LBFGS').set('train', 'stage', 2) },
  { name: 'Adam that takes turns', code: 'train/search', drawing: () => turns('Adam') },
  { name: 'Newton for a thousand weights', code: 'train/newton', drawing: () => network(price(), [], [dense(200, 'tanh'), dense(1)], { loss: 'MeanSquaredError', optimizer: 'Newton', train: { batch_size: 10000 } }), block: 'optimizer', severity: 'error', says: 'Newton takes up to 500 weights; this network has 1,201 to learn.', fixes: ['Replace with LBFGS'], fixed: true },
  { name: 'Newton for some hundred weights', code: 'train/newton', drawing: () => network(price(), [], [dense(80, 'tanh'), dense(1)], { loss: 'MeanSquaredError', optimizer: 'Newton', train: { batch_size: 10000 } }) },
  { name: 'two limits of the gradient', code: 'train/settings', drawing: () => regression().set('optimizer', 'clipvalue', 1).set('optimizer', 'clipnorm', 1), block: 'optimizer', says: 'has clipnorm and clipvalue; only clipnorm counts', fixed: true },

  { name: 'a decay in epochs where steps are meant', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'CosineDecay', config: { decay_steps: 10 } }), block: 'optimizer', severity: 'warning', says: 'comes to nothing after about', fixes: ['Set decay_steps to 2,500'], fixed: true },
  { name: 'a decay as long as the run', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'CosineDecay', config: { decay_steps: 2500 } }) },
  { name: 'a decay far longer than the run', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'ExponentialDecay', config: { decay_steps: 1000000 } }), severity: 'hint', says: 'hardly changes in the 2,500 steps of this run', fixed: true },
  { name: 'a range test that is cut short', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'RangeTest', config: { range_steps: 4000 } }), severity: 'warning', says: 'wants 4,000 steps, and this run has 2,500', fixes: ['Set range_steps to 2,500'], fixed: true },
  { name: 'a range test shorter than the run', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'RangeTest', config: {} }) },
  { name: 'boundaries without rates', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'PiecewiseConstantDecay', config: { boundaries: [10, 20, 30] } }), severity: 'error', says: 'has 3 boundaries and 2 values' },
  { name: 'a rate that waits for a plateau', code: 'train/schedule', drawing: () => regression().set('optimizer', 'schedule', { class_name: 'ReduceLROnPlateau', config: {} }) },

  { name: 'nothing held out', code: 'train/no-validation', drawing: () => regression(price(unsplit)), block: 'train', severity: 'warning', says: 'None of the 10,000 samples of Test data are held out for validation.', fixes: ['Insert Split'], fixed: true },
  { name: 'a Split that takes no validation rows', code: 'train/no-validation', drawing: () => network(price(unsplit), [['Split', { validation: 0 }]], [dense(1)], { loss: 'MeanSquaredError' }), says: 'held out', fixes: ['Set validation to 0.1'], fixed: true },
  { name: 'only a test part', code: 'train/no-validation', drawing: () => regression(price({ parts: { train: 800, validation: 0, test: 200 } })), says: 'held out', fixed: true },
  { name: 'a source with a validation part', code: 'train/no-validation', drawing: () => regression() },

  { name: 'accuracy for numbers', code: 'train/settings', drawing: () => regression(price(), { metrics: ['accuracy'] }), severity: 'warning', says: 'asks for accuracy (metrics), but its loss predicts numbers', fixed: true },
  { name: 'figures of classes for numbers', code: 'train/settings', drawing: () => regression(price(), { metrics: ['r2_score', 'auc', 'f1_score'] }), says: 'asks for auc, f1_score (metrics), but its loss predicts numbers', fixes: ['Leave it out'], fixed: true },
  { name: 'a choice among several for yes or no', code: 'train/settings', drawing: () => network(data([...features(4), classes(2)]), [], [['Dense', { units: 1, activation: 'sigmoid' }]], { loss: 'BinaryCrossentropy', train: { metrics: ['auc', 'kl_divergence'] } }), says: 'asks for kl_divergence (metrics), but its loss answers yes or no', fixes: ['Leave it out'], fixed: true },
  { name: 'figures of numbers for numbers', code: 'train/settings', drawing: () => regression(price(), { metrics: ['r2_score', 'root_mean_squared_error'], monitor: 'val_r2_score' }) },
  { name: 'the best epoch by a figure that is not measured', code: 'train/settings', drawing: () => regression(price(), { monitor: 'val_r2_score' }), says: 'chooses the best epoch by val_r2_score, but r2_score is not among its metrics', fixes: ['Measure r2_score too'], fixed: true },
  { name: 'the best accuracy of numbers', code: 'train/settings', drawing: () => regression(price(), { monitor: 'val_accuracy' }), says: '(monitor)', fixed: true },
  { name: 'a trainable block that is gone', code: 'train/settings', drawing: () => regression(price(), { trainable: ['dense', 'conv2d'] }), says: 'may change conv2d, which is not there', fixed: true },
  { name: 'a trainable block', code: 'train/settings', drawing: () => regression(price(), { trainable: ['dense'] }) },

  { name: 'two Train blocks that change everything', code: 'train/turns', drawing: () => inTurns({ restore_best_weights: false }, { trainable: ['dense'] }), block: 'train', severity: 'warning', says: 'takes turns with another Train block and may change every block' },
  { name: 'two Train blocks with other batches', code: 'train/turns', drawing: () => inTurns({ restore_best_weights: false, trainable: ['dense'] }, { trainable: ['dense'], batch_size: 8 }), block: 'train_2', says: 'batch_size 8', fixes: ['Set batch_size to 32'], fixed: true },
  { name: 'the best epoch of one of two', code: 'train/turns', drawing: () => inTurns({ trainable: ['dense'] }, { trainable: ['dense'] }), block: 'train', says: 'in which its own figure was best', fixes: ['Keep the last weights'], fixed: true },
  { name: 'the second of two Train blocks that would stop early', code: 'train/turns', drawing: () => inTurns({ restore_best_weights: false, trainable: ['dense'] }, { trainable: ['dense'], early_stopping: true }), block: 'train_2', says: 'early_stopping of Train (train_2) does not count', fixes: ['Switch it off here'], fixed: true },
  { name: 'the first of two Train blocks that would stop early', code: 'train/turns', drawing: () => inTurns({ restore_best_weights: false, trainable: ['dense'], early_stopping: true }, { trainable: ['dense'] }) },
  { name: 'two Train blocks in order', code: 'train/turns', drawing: () => inTurns({}, { stage: 2 }) },
  { name: 'two Train blocks with blocks of their own', code: 'train/turns', drawing: () => inTurns({ restore_best_weights: false, trainable: ['dense'] }, { trainable: ['dense'] }) },
  { name: 'turns without held-out samples', code: 'train/no-validation', drawing: () => inTurns({ trainable: ['dense'] }, { trainable: ['dense'] }, price(unsplit)) },

  { name: 'pixels from 0 to 255', code: 'data/unscaled', drawing: () => network(digitsData(), ['Split', 'OneHot'], ['Flatten', dense(10), 'Softmax']), block: 'input', severity: 'warning', says: '"image" runs from 0 to 255.', fixes: ['Insert Scale'], fixed: true },
  { name: 'pixels from 0 to 1', code: 'data/unscaled', drawing: () => network(digitsData(), ['Split', 'Scale', 'OneHot'], ['Flatten', dense(10), 'Softmax']) },
  { name: 'a table with taxes', code: 'data/unscaled', drawing: () => network(data([column({ name: 'tax', min: 187, max: 711, mean: 408, std: 168 }), ...features(2), target()]), [], [dense(1)], { loss: 'MeanSquaredError' }), says: '"tax" runs from 187 to 711.', fixes: ['Insert Standardize'], fixed: true },
  { name: 'a table of small numbers', code: 'data/unscaled', drawing: () => regression(data([...features(4, { min: 4.3, max: 7.9, mean: 5.8, std: 0.8 }), target()])) },
  { name: 'an outlier after standardising', code: 'data/unscaled', drawing: () => regression(data([...features(4, { min: -0.1, max: 31, mean: 0, std: 1 }), target()])) },
  { name: 'statistics that are not known', code: 'data/unscaled', drawing: () => regression(data([...features(4, { min: null, max: null, mean: null, std: null }), target()])) },

  { name: 'one class in twenty', code: 'data/imbalance', drawing: () => network(data([...features(2), classes(2, { classes: ['well', 'ill'], classCounts: [950, 50] })]), [], [dense(1, 'sigmoid')], { loss: 'BinaryCrossentropy' }), block: 'loss', severity: 'warning', says: 'Class "ill" has 50 samples, class "well" has 950.', fixes: ['Balance class_weight'], fixed: true },
  { name: 'one class in four', code: 'data/imbalance', drawing: () => network(data([...features(2), classes(2, { classCounts: [750, 250] })]), [], [dense(1, 'sigmoid')], { loss: 'BinaryCrossentropy' }) },
  { name: 'rare classes that are weighed up', code: 'data/imbalance', drawing: () => network(data([...features(2), classes(2, { classCounts: [950, 50] })]), [], [dense(1, 'sigmoid')], { loss: 'BinaryCrossentropy', train: { class_weight: 'balanced' } }) },

  { name: 'a source that was not read', code: 'data/not-read', drawing: () => draw().place('Digits'), severity: 'error', says: 'Digits has not been read yet.' },
  { name: 'no file chosen', code: 'data/not-read', drawing: () => draw().place('CSVTable'), says: 'No CSV file is chosen yet. Choose one in the data block.' },
  { name: 'no folder chosen', code: 'data/not-read', drawing: () => draw().place('IDXImages'), says: 'No folder of IDX files is chosen yet.' },
  { name: 'a source that was read', code: 'data/not-read', drawing: () => draw().place('Digits', {}, { facts: digitsData() }) },

  { name: 'labels that skip the Split', code: 'data/rows-differ', drawing: () => { const d = network(price(unsplit), ['Split'], [dense(1)], { loss: 'MeanSquaredError' }); return d.wire('data', 'loss'); }, severity: 'error', says: 'Input and the labels of MeanSquaredError do not go through the same Split.', fixes: ['Take the labels from Split'], fixed: true },
  { name: 'labels of other data', code: 'data/rows-differ', drawing: () => regression().place('ToyData', {}, { facts: { ...price(), source: 'Moons' } }).wire('toy_data', 'loss'), says: 'Input reads Test data, but the labels of MeanSquaredError come from Moons', fixed: true },
  { name: 'labels that skip only a Scale', code: 'data/rows-differ', drawing: () => network(price(), ['Scale'], [dense(1)], { loss: 'MeanSquaredError' }).wire('data', 'loss') },

  { name: 'a Scale on labels without numbers', code: 'data/nothing-to-do', drawing: () => network(data([rawPixels([28, 28, 1]), oneHotClasses(3)]), ['OneHot'], ['Flatten', dense(3), 'Softmax']), severity: 'warning', says: 'OneHot changes nothing' },
  { name: 'a column that is not there', code: 'data/column', drawing: () => network(price(), [['Scale', { columns: ['f0', 'f9'] }]], [dense(1)], { loss: 'MeanSquaredError' }), severity: 'error', says: 'Scale names the column "f9", which Test data does not have' },
  { name: 'text among the inputs', code: 'data/text', drawing: () => regression(data([column({ name: 'city', dtype: 'string', min: null, max: null, mean: null, std: null }), target()])), block: 'input', severity: 'error', says: 'The column "city" of Test data is text.' },
]; // prettier-ignore

describe('layers, training and data', () => {
  it.each(cases)('$code: $name', check);

  it('passes on what the reader found, on the data block', () => {
    const problems = [
      {
        code: 'data/missing',
        severity: 'warning' as const,
        message: 'Row 12 of t.csv has no value in "age".',
      },
    ];
    const { diagnostics } = regression(price({ problems })).compile();
    expect(diagnostics).toMatchObject([{ ...problems[0], block: 'data' }]);
  });

  it('watches the training loss where nothing is held out, and asks for the metric of the task', () => {
    const trainer = (drawing: ReturnType<typeof network>) => compile(drawing.document).plan?.trainers[0];
    expect(trainer(regression(price(unsplit)))).toMatchObject({
      monitor: 'loss',
      metrics: ['mean_absolute_error'],
    });
    expect(
      trainer(network(table, [], [dense(3), 'Softmax'], { train: { monitor: 'val_accuracy' } })),
    ).toMatchObject({ monitor: 'val_accuracy', metrics: ['accuracy'] });
    expect(
      trainer(network(table, [], [dense(3), 'Softmax'], { train: { early_stopping: true } })),
    ).toMatchObject({ early_stopping: { patience: 5, min_delta: 0 } });
  });

  it('counts moving averages as not trainable', () => {
    const { totals } = network(
      table,
      [],
      [dense(8), 'BatchNormalization', 'ReLU', dense(3), 'Softmax'],
    ).compile();
    expect(totals.parameters - totals.trainableParameters).toBe(16);
  });
});
