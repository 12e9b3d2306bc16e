/** What is said about settings that usually are mistakes: dropout, first weights, frozen layers, rates, batches, data. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
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
import { network } from '../draw';
import { check, type Case } from './says';

type Layers = Parameters<typeof network>[2];
const dense = (
  units: number,
  activation = 'linear',
  more: Record<string, Json> = {},
): [string, Record<string, Json>] => ['Dense', { units, activation, ...more }];
const table = data([...features(4), oneHotClasses(3)]);
const small = data([...features(4), oneHotClasses(3)], {
  n: 1000,
  parts: { train: 800, validation: 100, test: 100 },
});
const wide = data([...features(64), oneHotClasses(3)]);
const layers =
  (...blocks: Layers) =>
  () =>
    network(table, [], blocks);
const train = (params: Record<string, Json>, n = 1000) => {
  const parts = { train: n, validation: 500, test: 0 };
  return network(data([...features(4), oneHotClasses(3)], { n, parts }), [], [dense(3), 'Softmax'], {
    train: params,
  });
};
const rate = (optimizer: string, learning_rate: number, more: Record<string, Json> = {}) => {
  const drawing = network(table, [], [dense(3), 'Softmax'], { optimizer }).set(
    'optimizer',
    'learning_rate',
    learning_rate,
  );
  for (const [name, value] of Object.entries(more)) drawing.set('optimizer', name, value);
  return drawing;
};
const start = (kernel_initializer: Json, units = 400, activation = 'relu') =>
  network(
    data([...features(1600), oneHotClasses(3)]),
    [],
    [dense(units, activation, { kernel_initializer }), dense(3), 'Softmax'],
  );
const narrow = (units: number) =>
  network(wide, [], [dense(units, 'relu'), dense(32, 'relu'), dense(3), 'Softmax']);
const held = (validation: number, ...columns: Parameters<typeof data>[0]) =>
  network(
    data([...features(4), ...columns], { parts: { train: 800, validation, test: 0 } }),
    [],
    [dense(3), 'Softmax'],
    {
      loss: columns[0].classes ? 'CategoricalCrossentropy' : 'MeanSquaredError',
    },
  );

/** A network whose answer is cut into yes and no. */
const cut = (last: ReturnType<typeof dense>, threshold = 0.5) =>
  network(data([...features(4), classes(2)]), [], [last, ['BinaryThreshold', { threshold }]], {
    loss: 'BinaryCrossentropy',
  });

const cases: Case[] = [
  { name: 'a rate of 0.8', code: 'layer/dropout-high', drawing: layers(dense(8, 'relu'), ['Dropout', { rate: 0.8 }], dense(3), 'Softmax'), block: 'dropout', severity: 'warning', says: 'Dropout drops 80 % of the values and keeps 20 %.', fixes: ['Set rate to 0.2'], fixed: true },
  { name: 'half of the values', code: 'layer/dropout-high', drawing: layers(dense(8, 'relu'), ['Dropout', { rate: 0.5 }], dense(3), 'Softmax') },
  { name: 'a dropout after the last Dense', code: 'layer/dropout-high', drawing: layers(dense(8, 'relu'), dense(3), 'Dropout', 'Softmax'), block: 'dropout', says: 'Dropout stands after the last layer with weights, right before CategoricalCrossentropy.', fixes: ['Remove Dropout'], fixed: true },

  { name: 'two units between 64 values and 32 units', code: 'layer/bottleneck', drawing: () => narrow(2), block: 'dense', severity: 'hint', says: 'has 2 units between 64 values before it and the Dense (dense_2) of 32 after it', fixes: ['Set units to 32'], fixed: true },
  { name: 'one unit', code: 'layer/bottleneck', drawing: () => narrow(1), says: 'has 1 unit between' },
  { name: 'three units', code: 'layer/bottleneck', drawing: () => narrow(3) },
  { name: 'two inputs, which are no bottleneck of the network', code: 'layer/bottleneck', drawing: () => network(data([...features(2), oneHotClasses(3)]), [], [dense(32, 'relu'), dense(3), 'Softmax']) },
  { name: 'the narrow code of an autoencoder', code: 'layer/bottleneck', drawing: () => network(data([column({ name: 'x', shape: [64] })]), [], [dense(2, 'relu'), dense(64)], { loss: 'MeanSquaredError', lossParams: { column: ['x'] } }) },

  { name: 'a hidden layer of zeros', code: 'layer/init', drawing: () => start('zeros'), block: 'dense', severity: 'warning', says: 'All weights of Dense (dense) start as zeros.', fixes: ['Set kernel_initializer to he_uniform'], fixed: true },
  { name: 'zeros before tanh', code: 'layer/init', drawing: () => start('zeros', 400, 'tanh'), says: 'start as zeros', fixes: ['Set kernel_initializer to glorot_uniform'] },
  { name: 'zeros in the only layer', code: 'layer/init', drawing: layers(dense(3, 'linear', { kernel_initializer: 'zeros' }), 'Softmax') },
  { name: 'random_uniform for four inputs', code: 'layer/init', drawing: layers(dense(8, 'relu', { kernel_initializer: 'random_uniform' }), dense(3), 'Softmax'), severity: 'hint', says: 'are about 24 times smaller than suits its 4 inputs', fixes: ['Set kernel_initializer to he_uniform'], fixed: true },
  { name: 'random_normal for 1,600 inputs', code: 'layer/init', drawing: () => start('random_normal') },
  { name: 'Keras’ default', code: 'layer/init', drawing: () => start('glorot_uniform') },
  { name: 'a deviation of 1 for 1,600 inputs', code: 'layer/init', drawing: () => start({ class_name: 'RandomNormal', config: { stddev: 1 } }), severity: 'hint', says: 'are about 28 times larger than suits its 1,600 inputs', fixes: ['Set kernel_initializer to he_uniform'], fixed: true },
  { name: 'a deviation that suits 1,600 inputs', code: 'layer/init', drawing: () => start({ class_name: 'RandomNormal', config: { stddev: 0.035 } }) },

  { name: 'a step between layers', code: 'layer/no-slope', drawing: layers(dense(8), 'BinaryThreshold', dense(3), 'Softmax'), block: 'binary_threshold', severity: 'warning', says: 'No gradient passes Binary threshold, so that Dense (dense) before it cannot learn.', fixes: ['Replace with Sigmoid'], fixed: true },
  { name: 'a step behind two layers', code: 'layer/no-slope', drawing: layers(dense(8, 'relu'), dense(8), 'BinaryThreshold', dense(3), 'Softmax'), says: 'Dense (dense_2) and 1 more before it cannot learn' },
  { name: 'a step beside a way that has a slope', code: 'layer/no-slope', drawing: () => layers(dense(3), 'Add', 'Softmax')().place('BinaryThreshold').wire('dense', 'binary_threshold').wire('binary_threshold', 'add') },
  { name: 'a step on the inputs', code: 'layer/no-slope', drawing: layers('BinaryThreshold', dense(3), 'Softmax') },
  { name: 'a step behind a frozen layer', code: 'layer/no-slope', drawing: layers(dense(8, 'linear', { trainable: false }), 'BinaryThreshold', dense(3), 'Softmax') },

  { name: 'a list of blocks without weights', code: 'layer/all-frozen', drawing: () => network(table, [], [dense(3), 'Softmax'], { train: { trainable: ['softmax'] } }), block: 'train', severity: 'error', says: 'Nothing is left for Train to learn: all layers with weights are frozen.', fixes: ['Let all blocks learn'], fixed: true },
  { name: 'a network without weights', code: 'layer/all-frozen', drawing: () => network(data([...features(3), oneHotClasses(3)]), [], ['Softmax']), says: 'There is nothing for Train to learn', fixes: [] },
  { name: 'one layer that learns', code: 'layer/all-frozen', drawing: () => network(table, [], [dense(8, 'relu'), dense(3), 'Softmax'], { train: { trainable: ['dense_2'] } }) },
  { name: 'a normalisation left out of the list', code: 'layer/frozen-batchnorm', drawing: () => network(table, [], [dense(8), 'BatchNormalization', 'ReLU', dense(3), 'Softmax'], { train: { trainable: ['dense', 'dense_2'] } }), block: 'batch_normalization', severity: 'warning', says: 'BatchNormalization is frozen, but Dense (dense) before it learns.', fixes: ['Let BatchNormalization learn'], fixed: true },
  { name: 'both frozen', code: 'layer/frozen-batchnorm', drawing: () => network(table, [], [dense(8), 'BatchNormalization', 'ReLU', dense(3), 'Softmax'], { train: { trainable: ['dense_2'] } }) },

  { name: 'Adam with 0.1', code: 'train/learning-rate', drawing: () => rate('Adam', 0.1), block: 'optimizer', severity: 'warning', says: 'Adam has a learning rate of 0.1; 0.000001 to 0.03 is usual.', fixes: ['Set learning_rate to 0.001'], fixed: true },
  { name: 'SGD with 0.1', code: 'train/learning-rate', drawing: () => rate('SGD', 0.1) },
  { name: 'SGD with 0.5 and momentum', code: 'train/learning-rate', drawing: () => rate('SGD', 0.5, { momentum: 0.9 }), says: 'is usual with momentum', fixed: true },
  { name: 'SGD with a hundred-millionth', code: 'train/learning-rate', drawing: () => rate('SGD', 1e-8), says: 'SGD has a learning rate of 1e-8' },
  { name: 'Adam with 0.01', code: 'train/learning-rate', drawing: () => rate('Adam', 0.01) },

  { name: 'one sample at a time', code: 'train/batch', drawing: () => train({ batch_size: 1 }), block: 'train', severity: 'hint', says: 'after each single sample: 1,000 steps in an epoch', fixes: ['Set batch_size to 32'], fixed: true },
  { name: 'one sample at a time of few', code: 'train/batch', drawing: () => train({ batch_size: 1 }, 100) },
  { name: 'all samples at once', code: 'train/batch', drawing: () => train({ batch_size: 5000 }, 5000), says: 'puts all 5,000 training samples into one batch', fixed: true },
  { name: 'more than there are', code: 'train/batch', drawing: () => train({ batch_size: 5000 }, 600), block: 'train', severity: 'warning', says: 'batches of 5,000, but there are only 600 training samples: one step in an epoch', fixes: ['Set batch_size to 32'], fixed: true },
  { name: 'more than a hundred', code: 'train/batch', drawing: () => train({ batch_size: 128 }, 100), says: 'only 100 training samples', fixes: ['Set batch_size to 8'], fixed: true },
  { name: 'exactly as many as there are of few', code: 'train/batch', drawing: () => train({ batch_size: 600 }, 600) },
  { name: 'the usual batch for a handful of samples', code: 'train/batch', drawing: () => train({ batch_size: 32 }, 8) },
  { name: 'half of them', code: 'train/batch', drawing: () => train({ batch_size: 2500 }, 5000) },

  { name: 'a thousand weights for each sample', code: 'cost/more-weights-than-samples', drawing: () => network(small, [], [dense(8000, 'relu'), dense(3), 'Softmax']), block: 'train', severity: 'hint', says: 'The network has 64,003 weights to learn from 800 training samples.', fixes: ['Insert Dropout', 'Switch early_stopping on'], fixed: true },
  { name: 'as many, with dropout', code: 'cost/more-weights-than-samples', drawing: () => network(small, [], [dense(8000, 'relu'), 'Dropout', dense(3), 'Softmax']) },
  { name: 'five weights for each sample', code: 'cost/more-weights-than-samples', drawing: () => network(small, [], [dense(500, 'relu'), dense(3), 'Softmax']) },

  { name: 'rooms and taxes', code: 'data/scale-spread', drawing: () => network(data([column({ name: 'rooms', std: 0.1 }), column({ name: 'tax', std: 2 }), oneHotClasses(3)]), [], [dense(3), 'Softmax']), block: 'input', severity: 'warning', says: '"tax" varies 20 times as much as "rooms" (standard deviation 2 and 0.1)', fixes: ['Insert Standardize'], fixed: true },
  { name: 'nine times', code: 'data/scale-spread', drawing: () => network(data([column({ name: 'rooms', std: 0.1 }), column({ name: 'tax', std: 0.9 }), oneHotClasses(3)]), [], [dense(3), 'Softmax']) },

  { name: 'decimals saved as whole numbers', code: 'data/integer-truncation', drawing: () => network(data([pixels([28, 28, 1], { dtype: 'uint8', max: 1, mean: 0.01, std: 0.1 }), oneHotClasses(3)]), [], ['Flatten', dense(3), 'Softmax']), block: 'data', severity: 'warning', says: '"image" holds whole numbers of which 99 % are 0 and none is above 1.' },
  { name: 'black and white drawings', code: 'data/integer-truncation', drawing: () => network(data([pixels([28, 28, 1], { dtype: 'uint8', max: 1, mean: 0.13, std: 0.3 }), oneHotClasses(3)]), [], ['Flatten', dense(3), 'Softmax']) },

  { name: 'Standardize before Split', code: 'data/fit-on-all', drawing: () => network(data([...features(4), oneHotClasses(3)], unsplit), ['Standardize', 'Split'], [dense(3), 'Softmax']), block: 'standardize', severity: 'warning', says: 'Standardize stands before Split, so it also measures the 2,000 rows that are held out.', fixes: ['Move Split before Standardize'], fixed: true },
  { name: 'Standardize after Split', code: 'data/fit-on-all', drawing: () => network(data([...features(4), oneHotClasses(3)], unsplit), ['Split', 'Standardize'], [dense(3), 'Softmax']) },
  { name: 'bytes, which are scaled from 0 to 255 anyway', code: 'data/fit-on-all', drawing: () => network(digitsData(), ['Scale', 'OneHot', 'Split'], ['Flatten', dense(10), 'Softmax']) },

  { name: 'sorted rows that are not shuffled', code: 'data/not-shuffled', drawing: () => network(data([...features(4), classes(3, { sorted: true })]), ['OneHot'], [dense(3), 'Softmax'], { train: { shuffle: false } }), block: 'train', severity: 'warning', says: 'where they stand class by class in "class"', fixes: ['Switch shuffle on'], fixed: true },
  { name: 'sorted rows that are shuffled', code: 'data/not-shuffled', drawing: () => network(data([...features(4), classes(3, { sorted: true })]), ['OneHot'], [dense(3), 'Softmax']) },
  { name: 'rows in any order', code: 'data/not-shuffled', drawing: () => network(data([...features(4), classes(3)]), ['OneHot'], [dense(3), 'Softmax'], { train: { shuffle: false } }) },

  { name: 'a class without samples', code: 'data/label-gap', drawing: () => network(data([...features(4), classes(4, { classCounts: [90, 0, 100, 80] })]), ['OneHot'], [dense(4), 'Softmax']), block: 'loss', severity: 'warning', says: 'No sample of "class" is of class "1".', fixes: [] },
  { name: 'classes that all occur', code: 'data/label-gap', drawing: () => network(data([...features(4), classes(4, { classCounts: [90, 1, 100, 80] })]), ['OneHot'], [dense(4), 'Softmax']) },

  { name: 'a column of five colours', code: 'data/class-numbers', drawing: () => network(data([...features(2), classes(5, { name: 'colour', role: 'input' }), oneHotClasses(3)]), [], [dense(3), 'Softmax']), block: 'input', severity: 'warning', says: '"colour" has 5 classes ("0", "1", "2" …), which Input reads as the numbers 0 to 4.', fixes: ['Insert OneHot'], fixed: true },
  { name: 'a column of yes and no', code: 'data/class-numbers', drawing: () => network(data([...features(2), classes(2, { name: 'member', role: 'input' }), oneHotClasses(3)]), [], [dense(3), 'Softmax']) },
  { name: 'classes that an Embedding looks up', code: 'data/class-numbers', drawing: () => network(data([classes(5, { name: 'colour', role: 'input' }), oneHotClasses(3)]), [], [['Embedding', { input_dim: 5, output_dim: 4 }], 'Flatten', dense(3), 'Softmax']) },

  { name: 'a half as the border of logits', code: 'loss/threshold-on-logits', drawing: () => cut(dense(1)), block: 'binary_threshold', severity: 'warning', says: 'Binary threshold cuts at 0.5, but Dense gives values without bounds, not probabilities.', fixes: ['Insert Sigmoid', 'Set threshold to 0'], fixed: true },
  { name: 'a half as the border of probabilities', code: 'loss/threshold-on-logits', drawing: () => cut(dense(1, 'sigmoid')) },
  { name: 'nothing as the border of logits', code: 'loss/threshold-on-logits', drawing: () => cut(dense(1), 0) },

  { name: 'thirty samples held out', code: 'data/too-few', drawing: () => held(30, oneHotClasses(3)), block: 'loss', severity: 'hint', says: 'Only 30 samples are held out for validation, about 10 of each class.' },
  { name: 'a hundred of each class', code: 'data/too-few', drawing: () => held(300, oneHotClasses(3)) },
  { name: 'thirty of three hundred', code: 'data/too-few', drawing: () => network(data([...features(4), oneHotClasses(3)], { n: 300, parts: { train: 270, validation: 30, test: 0 } }), [], [dense(3), 'Softmax']) },
  { name: 'forty numbers', code: 'data/too-few', drawing: () => held(40, target({ shape: [3] })), says: 'Only 40 samples are held out for validation.' },
]; // prettier-ignore

describe('habits that usually are mistakes', () => {
  it.each(cases)('$code: $name', check);

  it('says how far an accuracy from few samples can be off', () => {
    const [found] = held(30, oneHotClasses(3))
      .compile()
      .diagnostics.filter(({ code }) => code === 'data/too-few');
    // 1.96 · √(0.9 · 0.1 / 30) = 0.107
    expect(found.why).toContain('± 11 points');
  });

  it('keeps the settings of a Split that it moves', () => {
    const drawing = network(
      data([rawPixels([4, 4, 1]), classes(3)], unsplit),
      ['Standardize', ['Split', { seed: 7 }]],
      ['Flatten'],
    );
    const [found] = drawing.compile().diagnostics.filter(({ code }) => code === 'data/fit-on-all');
    expect(JSON.stringify(found.fixes[0].edit)).toContain('"seed":7');
  });
});

describe('what a reader found', () => {
  const problem = {
    code: 'data/missing',
    severity: 'error',
    message: 'a.csv, line 3, column tax: the cell is empty.',
  } as const;
  const csv = (missing: string) =>
    network(
      data([...features(4), oneHotClasses(3)], { problems: [problem] }),
      [],
      [dense(3), 'Softmax'],
    ).changeType('data', 'CSVTable', { path: 'a.csv', missing });

  it.each([
    ['refuse', ['Put in the mean, or the most frequent class', 'Leave such rows out']],
    // Of a target, which is never filled in.
    ['mean', ['Leave such rows out']],
  ])('offers what the table block can do about it where empty cells are set to %s', (missing, labels) => {
    const [found] = csv(missing).compile().diagnostics;
    expect(found).toMatchObject({ ...problem, block: 'data' });
    expect(found.fixes.map(({ label }) => label)).toEqual(labels);
  });

  it('offers nothing more once the mean stands in', () => {
    const filled = { ...problem, severity: 'hint' as const };
    const drawing = csv('mean');
    drawing.document = {
      ...drawing.document,
      facts: { data: data([...features(4), oneHotClasses(3)], { problems: [filled] }) },
    };
    const [found] = drawing.compile().diagnostics;
    expect(found).toMatchObject({ ...filled, fixes: [] });
  });

  it('sets the parameter of the table block', () => {
    const [{ fixes }] = csv('refuse').compile().diagnostics;
    expect(fixes[0].edit).toEqual({ kind: 'set-param', id: 'data', name: 'missing', value: 'mean' });
  });
});
