/** What is said about layers that read sequences, about masks and about look-up tables. */
import { describe, expect, it } from 'vitest';
import { classes, column, data, oneHotClasses, pixels, target } from '../data';
import { draw, network, type Drawing } from '../draw';
import { shapeText } from '../../../shared/compiler/shape';
import type { Json } from '../../../shared/document/document';
import { about, check, type Case } from './says';

const steps = (...sizes: number[]) => data([pixels(sizes), oneHotClasses(4)]);
type Blocks = Parameters<Drawing['chain']>[1][];
const layers = (sizes: number[], ...blocks: Blocks) =>
  draw().place('Digits', {}, { id: 'data', facts: steps(...sizes) }).chain('data', 'Input', ...blocks); // prettier-ignore
const every = { return_sequences: true };
const words = (max = 99, given = {}) =>
  data([column({ name: 'words', dtype: 'int32', shape: [12], min: 0, max, mean: 30, std: 20, ...given }), oneHotClasses(4)]); // prettier-ignore
const reading = (facts: ReturnType<typeof words>, ...blocks: Blocks) =>
  network(facts, [], [...blocks, ['Dense', { units: 4 }], 'Softmax']);
const stateful = (train: Record<string, Json>, on = true) =>
  network(steps(8, 4), [], [['LSTM', { stateful: on }], ['Dense', { units: 4 }], 'Softmax'], { train });
const table = (params = {}): [string, Record<string, boolean | number>] => ['Embedding', { input_dim: 100, mask_zero: true, ...params }]; // prettier-ignore

const cases: Case[] = [
  { name: 'LSTM after LSTM that puts out one row', code: 'shape/mismatch', drawing: () => layers([28, 28], 'LSTM', 'GRU'), block: 'gru', severity: 'error',
    says: 'GRU expects [batch, steps, features]; it gets [batch, 32] from LSTM.', fixes: ['Switch return_sequences on in LSTM', 'Insert Reshape'], fixed: true },
  { name: 'the same behind Dropout', code: 'shape/mismatch', drawing: () => layers([28, 28], 'LSTM', 'Dropout', 'Bidirectional'), says: 'Bidirectional expects', fixed: true },
  { name: 'LSTM after LSTM that puts out every step', code: 'shape/mismatch', drawing: () => layers([28, 28], ['LSTM', every], 'LSTM') },
  { name: 'LSTM after Flatten', code: 'shape/mismatch', drawing: () => layers([28, 28], 'Flatten', 'LSTM'), says: 'it gets [batch, 784] from Flatten', fixes: ['Remove Flatten', 'Insert Reshape'], fixed: true },
  { name: 'LSTM on pictures', code: 'shape/mismatch', drawing: () => layers([28, 20, 3], 'LSTM'), says: 'it gets [batch, 28, 20, 3] from Input', fixes: ['Insert Reshape'], fixed: true },
  { name: 'TimeDistributed after the last step', code: 'shape/mismatch', drawing: () => layers([28, 28], 'GRU', 'TimeDistributed'), says: 'TimeDistributed expects [batch, steps, …]', fixes: ['Switch return_sequences on in GRU'], fixed: true },
  { name: 'a wrong step inside TimeDistributed', code: 'shape/mismatch', drawing: () => layers([8, 5], ['TimeDistributed', { layer: 'Conv2D' }]), says: 'TimeDistributed, at every step: Conv2D expects' },
  { name: 'attention of rows of two lengths', code: 'shape/mismatch', drawing: () => layers([8, 4], ['LSTM', { ...every, units: 3 }], 'Attention').wire('input', 'attention.value'), says: 'compares [batch, 8, 3] from LSTM with [batch, 8, 4] from Input', fixes: [] },
  { name: 'attention of a sequence with itself', code: 'shape/mismatch', drawing: () => layers([8, 4], 'Attention', 'MultiHeadAttention') },
  { name: 'a missing value of attention', code: 'graph/missing-input', drawing: () => layers([8, 4], 'MultiHeadAttention') },

  { name: 'a state that goes on, and shuffled samples', code: 'layer/stateful', drawing: () => stateful({ batch_size: 32 }), severity: 'error', block: 'train', says: 'Train shuffles the samples, but LSTM goes on', fixes: ['Switch shuffle off'], fixed: true },
  { name: 'a state that goes on, and a shorter last batch', code: 'layer/stateful', drawing: () => stateful({ shuffle: false, batch_size: 30 }), says: 'the last one has 20, but LSTM needs all alike', fixes: ['Set batch_size to 25'], fixed: true },
  { name: 'a state that goes on, and two steps on each batch', code: 'layer/stateful', drawing: () => stateful({ shuffle: false, steps_per_turn: 2 }), says: 'takes 2 steps on each batch', fixed: true },
  { name: 'a state that goes on, in even batches in order', code: 'layer/stateful', drawing: () => stateful({ shuffle: false }) },
  { name: 'no state that goes on', code: 'layer/stateful', drawing: () => stateful({}, false) },

  { name: 'Dense on pictures', code: 'layer/dense-on-map', drawing: () => layers([8, 4], 'Dense'), says: 'works on its last axis only' },
  { name: 'Dense on the steps of a sequence', code: 'layer/dense-on-map', drawing: () => layers([8, 4], ['LSTM', every], 'Dropout', 'Dense', 'ReLU', 'Dense') },

  { name: 'a mask that Flatten does not know', code: 'layer/mask-lost', drawing: () => reading(words(), table(), 'Flatten'), block: 'flatten', severity: 'warning', says: 'the mask from Embedding ends here' },
  { name: 'a mask that a convolution does not know', code: 'layer/mask-lost', drawing: () => reading(words(), table(), 'Dropout', 'Conv1D', 'LSTM'), block: 'conv1d', says: 'the mask from Embedding ends here' },
  { name: 'a mask at the loss', code: 'layer/mask-lost', drawing: () => network(data([words().columns[0], target({ shape: [12, 4] })]), [], [table(), ['LSTM', every], ['Dense', { units: 4 }]], { loss: 'MeanSquaredError' }), block: 'loss', says: 'does not know which steps are padding' },
  { name: 'a mask that LSTM uses', code: 'layer/mask-lost', drawing: () => reading(words(), table(), 'LayerNormalization', 'LSTM') },
  { name: 'no mask', code: 'layer/mask-lost', drawing: () => reading(words(), table({ mask_zero: false }), 'Flatten') },

  { name: 'a table that is too small', code: 'data/embedding-range', drawing: () => reading(words(100), table(), 'LSTM'), severity: 'error', block: 'embedding', says: 'has rows for 0 to 99, but "words" runs from 0 to 100', fixes: ['Set input_dim to 101'], fixed: true },
  { name: 'a table just large enough', code: 'data/embedding-range', drawing: () => reading(words(99), table(), 'LSTM') },
  { name: 'numbers below zero', code: 'data/embedding-range', drawing: () => reading(words(99, { min: -1 }), table(), 'LSTM'), says: 'runs from -1 to 99', fixes: [] },
  { name: 'amounts', code: 'data/embedding-range', drawing: () => reading(words(2.5, { dtype: 'float32', min: 0.1 }), table(), 'LSTM'), says: 'looks up whole numbers', severity: 'warning' },
  { name: 'large numbers that are looked up', code: 'data/unscaled', drawing: () => reading(words(99), table(), 'LSTM') },
  { name: 'large numbers that are not', code: 'data/unscaled', drawing: () => reading(words(99), 'Dense'), says: '"words" runs from 0 to 99' },
]; // prettier-ignore

describe('sequences', () => {
  it.each(cases)('$code: $name', check);

  it('layer/stateful: a state goes on once a batch and in batches of one size, also with two Train blocks', () => {
    const two = (second: Record<string, Json>) => {
      const drawing = stateful({ shuffle: false }).place(
        'Train',
        { shuffle: false, ...second },
        { id: 'second' },
      );
      return about(drawing.wire('loss', 'second').wire('optimizer', 'second'), 'layer/stateful');
    };
    expect(two({}).map(({ message }) => message)).toEqual([
      expect.stringContaining('Train (train) takes turns with another Train block'),
      expect.stringContaining('Train (second) takes turns with another Train block'),
    ]);
    expect(two({ stage: 2, batch_size: 16 }).map(({ message }) => message)).toEqual([
      expect.stringContaining('has batches of 16 and'),
    ]);
    expect(two({ stage: 2 })).toEqual([]);
  });

  it('put what stands in for a missing wire of attention into the plan', () => {
    const drawing = network(steps(8, 4), [], ['MultiHeadAttention', 'Flatten', ['Dense', { units: 4 }], 'Softmax']); // prettier-ignore
    const { plan, diagnostics } = drawing.compile();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan?.layers[0].inbound).toEqual(['input', 'input', 'input']);
  });

  it('of any number of steps are drawn before there are data', () => {
    const { blocks, wires, diagnostics } = draw()
      .place('Input', { shape: [-1, 28] })
      .chain('input', ['LSTM', { units: 128, return_sequences: true }], 'GlobalAveragePooling1D', ['Dense', { units: 4 }])
      .compile(); // prettier-ignore
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(blocks.input.output).toEqual([null, null, 28]);
    expect(blocks.lstm).toMatchObject({ output: [null, null, 128], parameters: 80_384 });
    expect(shapeText(wires.w2.shape ?? [])).toBe('[batch, time, 128]');
    expect(blocks.dense).toMatchObject({ output: [null, 4], parameters: 516 });
  });

  it('of any number of steps take data of any number of steps, but not of other features', () => {
    const drawn = (shape: number[]) => draw().place('Digits', {}, { id: 'data', facts: data([pixels([28, 28]), classes(4)]) }).place('Input', { shape }).wire('data', 'input').compile(); // prettier-ignore
    expect(drawn([-1, 28]).blocks.input.output).toEqual([null, 28, 28]);
    expect(drawn([-1, 30]).diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('Input has the shape [batch, time, 30] of its own'),
    );
  });

  it('may have any number of steps, and weights that do not depend on it', () => {
    const facts = data([pixels([28, 28]), classes(4)]);
    const { blocks } = draw().place('Digits', {}, { id: 'data', facts }).chain('data', 'Input', ['LSTM', { units: 128 }]).compile(); // prettier-ignore
    expect(blocks.lstm).toMatchObject({ parameters: 80_384, multiplyAdds: 28 * 512 * (28 + 128) });
  });
});
