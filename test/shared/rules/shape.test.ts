/** What is said about shapes that do not go together. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compiler/compile';
import { apply } from '../../../shared/document/edits';
import { classes, data, digitsData, features, oneHotClasses, pixels } from '../data';
import { draw, network, type Drawing } from '../draw';
import { about, check, type Case } from './says';

const pictures = (shape: number[]) => data([pixels(shape), oneHotClasses(10)]);
const layers = (shape: number[], ...blocks: Parameters<Drawing['chain']>[1][]) =>
  draw()
    .place('Digits', {}, { id: 'data', facts: pictures(shape) })
    .chain('data', 'Input', ...blocks);
const head = (units: number): Parameters<typeof network>[2] => ['Flatten', ['Dense', { units }], 'Softmax'];

const cases: Case[] = [
  { name: 'Conv2D after a flat vector', code: 'shape/mismatch', drawing: () => layers([784], 'Conv2D'), block: 'conv2d', severity: 'error',
    says: 'Conv2D expects [batch, height, width, channels]; it gets [batch, 784] from Input.', fixes: ['Insert Reshape'], fixed: true },
  { name: 'a vector that is no square picture', code: 'shape/mismatch', drawing: () => layers([7], 'Conv2D'), says: 'it gets [batch, 7]', fixes: [] },
  { name: 'pooling after Flatten', code: 'shape/mismatch', drawing: () => layers([28, 28, 1], 'Flatten', 'MaxPooling2D'), says: 'MaxPooling2D expects' },
  { name: 'Conv2D on a picture', code: 'shape/mismatch', drawing: () => layers([28, 28, 1], 'Conv2D') },
  { name: 'Reshape to another number of values', code: 'shape/mismatch', drawing: () => layers([784], ['Reshape', { target_shape: [28, 27] }]), says: 'needs 756 values per sample; it gets 784', fixed: true },
  { name: 'Reshape with a free axis', code: 'shape/mismatch', drawing: () => layers([784], ['Reshape', { target_shape: [28, -1, 1] }]) },
  { name: 'seven outputs for ten classes', code: 'shape/mismatch', drawing: () => network(pictures([28, 28, 1]), [], head(7)), block: 'loss', severity: 'error',
    says: 'CategoricalCrossentropy expects [batch, 10]; it gets [batch, 7] from Softmax.', fixes: ['Set units to 10'], fixed: true },
  { name: 'ten outputs for ten classes', code: 'shape/mismatch', drawing: () => network(pictures([28, 28, 1]), [], head(10)) },
  { name: 'seven outputs for ten class numbers', code: 'shape/mismatch', drawing: () => network(data([pixels([4]), classes(10)]), [], [['Dense', { units: 7 }], 'Softmax'], { loss: 'SparseCategoricalCrossentropy' }), says: 'expects [batch, 10]', fixed: true },
  { name: 'a map at the loss', code: 'shape/mismatch', drawing: () => network(pictures([8, 8, 1]), [], [['Dense', { units: 10 }], 'Softmax']), says: 'it gets [batch, 8, 8, 10] from Softmax', block: 'loss', fixes: [] },
  { name: 'two outputs for yes or no', code: 'shape/mismatch', drawing: () => network(data([pixels([4]), classes(2)]), [], [['Dense', { units: 2, activation: 'sigmoid' }]], { loss: 'BinaryCrossentropy' }), says: 'expects [batch, 1]', fixes: ['Set units to 1'], fixed: true },
  { name: 'Add of two sizes', code: 'shape/mismatch', drawing: () => layers([28, 28, 1], ['Conv2D', { filters: 4 }], ['Conv2D', { filters: 4 }], 'Add').wire('conv2d', 'add'),
    says: 'Add needs equal shapes; it gets [batch, 24, 24, 4] from Conv2D (conv2d_2) and [batch, 26, 26, 4] from Conv2D (conv2d).' },
  { name: 'Add of equal sizes', code: 'shape/mismatch', drawing: () => layers([28, 28, 1], ['Conv2D', { filters: 4 }], ['Conv2D', { filters: 4, padding: 'same' }], 'Add').wire('conv2d', 'add') },
  { name: 'Concatenate of two heights', code: 'shape/mismatch', drawing: () => layers([28, 28, 1], 'Conv2D', 'Conv2D', 'Concatenate').wire('conv2d', 'concatenate'), says: 'differ elsewhere too' },
  { name: 'columns of different sizes', code: 'shape/mismatch', drawing: () => draw().place('Digits', {}, { id: 'data', facts: data([pixels([28, 28, 1]), ...features(1)]) }).chain('data', 'Input'), says: 'cannot join columns', block: 'input' },

  { name: 'a pool that leaves a row over', code: 'shape/not-integer', drawing: () => layers([11, 11, 4], 'MaxPooling2D'), block: 'max_pooling2d', severity: 'warning',
    says: 'does not divide 11 × 11: the last row and the last column are dropped', fixes: ['Set padding to same'], fixed: true },
  { name: 'a stride that leaves rows over', code: 'shape/not-integer', drawing: () => layers([12, 13, 1], ['Conv2D', { strides: [3, 3] }]), says: 'the last column is dropped' },
  { name: 'the book’s (12 − 3) / 2 + 1 = 5.5', code: 'shape/not-integer', drawing: () => layers([12, 12, 1], ['Conv2D', { kernel_size: [3, 3], strides: [2, 2] }]), says: 'does not divide 12 × 12: the last row and the last column are dropped.', fixes: ['Set padding to same'], fixed: true },
  { name: 'one of two pixels, as in the shortcuts of ResNet', code: 'shape/not-integer', drawing: () => layers([56, 56, 4], ['Conv2D', { kernel_size: [1, 1], strides: [2, 2] }]) },
  { name: 'a stride over an edge of zeros, as in ResNet', code: 'shape/not-integer', drawing: () => layers([224, 224, 3], ['ZeroPadding2D', { padding: [3, 3] }], ['Conv2D', { kernel_size: [7, 7], strides: [2, 2] }], ['ZeroPadding2D', { padding: [1, 1] }], ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }]) },
  { name: 'a pool that divides', code: 'shape/not-integer', drawing: () => layers([10, 10, 4], 'MaxPooling2D') },
  { name: 'a pool with padding', code: 'shape/not-integer', drawing: () => layers([11, 11, 4], ['MaxPooling2D', { padding: 'same' }]) },

  { name: 'a picture smaller than the filter', code: 'shape/shrunk-away', drawing: () => layers([2, 2, 4], 'Conv2D'), severity: 'error',
    says: 'looks at 3 rows at once, but [batch, 2, 2, 4] from Input has a height of 2', fixes: ['Set padding to same', 'Set kernel_size to 2'], fixed: true },
  { name: 'a picture just large enough', code: 'shape/shrunk-away', drawing: () => layers([3, 3, 4], 'Conv2D') },
  { name: 'gaps in the filter that reach too far', code: 'shape/shrunk-away', drawing: () => layers([6, 6, 1], ['Conv2D', { dilation_rate: [3, 3] }]), says: 'looks at 7 rows' },

  { name: 'channels first', code: 'shape/layout', drawing: () => layers([3, 32, 32], 'Conv2D'), severity: 'warning', says: 'it looks like 3 channels of 32 × 32 pixels', fixes: ['Insert Permute'], fixed: true },
  { name: 'one channel first', code: 'shape/layout', drawing: () => layers([1, 28, 28], ['Conv2D', { padding: 'same' }]), says: '1 channel of 28 × 28', fixes: ['Insert Reshape'], fixed: true },
  { name: 'channels last', code: 'shape/layout', drawing: () => layers([32, 32, 3], 'Conv2D') },
  { name: 'a low, wide picture', code: 'shape/layout', drawing: () => layers([3, 32, 16], ['Conv2D', { padding: 'same' }]) },
]; // prettier-ignore

describe('shapes', () => {
  it.each(cases)('$code: $name', check);

  it('blames the first block only, not what stands behind it', () => {
    const drawing = network(pictures([784]), [], ['Conv2D', 'MaxPooling2D', ...head(10)]);
    const errors = drawing.compile().diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ block }) => block)).toEqual(['conv2d']);
  });

  it('marks the wire that brings the wrong shape', () => {
    const { wires, diagnostics } = layers([784], 'Conv2D').compile();
    const wrong = Object.entries(wires).filter(([, wire]) => wire.wrong);
    expect(wrong).toMatchObject([
      ['w2', { kind: 'tensor', shape: [null, 784], unchanged: false, wrong: true }],
    ]);
    expect(diagnostics[0].severity).toBe('error');
  });

  it('makes one network whole by its own fixes, one after the other', () => {
    let { document } = network(digitsData(), [], [['Dense', { units: 7 }]]);
    for (let step = 0; step < 12; step++) {
      const { diagnostics } = compile(document);
      const fix = diagnostics.find(({ fixes }) => fixes.length > 0)?.fixes[0];
      if (!fix) break;
      document = apply(document, fix.edit);
    }
    const { plan, diagnostics } = compile(document);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    expect(plan?.layers.map(({ class_name }) => class_name)).toEqual(['Flatten', 'Dense', 'Softmax']);
  });

  it('says nothing about a wire whose shape is not known yet', () => {
    expect(about(draw().place('Digits').chain('digits', 'Input', 'Conv2D'), 'shape/mismatch')).toEqual([]);
  });
});
