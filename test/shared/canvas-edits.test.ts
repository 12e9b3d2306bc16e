/** Drawing: which wires may be drawn, putting blocks into wires, taking them out, what the palette proposes. */
import { describe, expect, it } from 'vitest';
import { canConnect, connect } from '../../shared/compiler/connect';
import { compile } from '../../shared/compiler/compile';
import { fitsAfter } from '../../shared/compiler/fits-after';
import { group } from '../../shared/compiler/group';
import { insertOnWire, removeReconnecting } from '../../shared/compiler/insert';
import { hashOf } from '../../shared/document/canonical';
import { apply, invert, type Edit } from '../../shared/document/edits';
import { loadDocument, saveText } from '../../shared/document/load';
import { classes, column, data, digitsData, features, oneHotClasses, target } from './data';
import { network } from './draw';

const drawn = () =>
  network(
    data([...features(4), oneHotClasses(3)]),
    [],
    [['Dense', { units: 8 }], 'ReLU', ['Dense', { units: 3 }], 'Softmax'],
  );
const at = (end: string) => ({ block: end.split('.')[0], port: end.split('.')[1] });
const may = (from: string, to: string) => canConnect(drawn().document, at(from), at(to));

describe('drawing a wire', () => {
  it.each([
    ['loss.loss', 'dense.input', 'Loss goes to Train, not to Dense.'],
    ['dense.output', 'train.loss', 'A tensor goes to a layer or to the prediction of a loss, not to Train.'],
    ['data.data', 'dense.input', 'Data goes to a preparation, to Input or to the labels of a loss, not to Dense.'],
    ['dense.output', 'loss.labels', 'A tensor goes to a layer or to the prediction of a loss, not to "labels" of CategoricalCrossentropy.'],
    ['optimizer.optimizer', 'loss.prediction', 'An optimizer goes to Train, not to CategoricalCrossentropy.'],
    ['train.metrics', 'dense.input', 'Metrics go to no block of this version, not to Dense.'],
    ['softmax.output', 'dense.input', 'This would close a loop: Dense already feeds Softmax.'],
    ['dense.output', 'dense.input', 'Dense cannot feed itself.'],
    ['dense.output', 're_lu.input', 'These two are connected already.'],
    ['dense.input', 're_lu.input', 'A wire runs from an output to an input.'],
  ])('%s → %s is refused', (from, to, reason) => expect(may(from, to)).toEqual({ ok: false, reason })); // prettier-ignore

  it('takes the place of the wire that was there', () => {
    expect(may('input.output', 'softmax.input')).toEqual({ ok: true, replaces: 'w5' });
    const { document } = drawn();
    const after = apply(document, connect(document, at('input.output'), at('softmax.input')));
    expect(Object.values(after.wires).filter(({ to }) => to.block === 'softmax')).toEqual([
      { from: at('input.output'), to: at('softmax.input') },
    ]);
  });

  it('allows a wrong shape, because the edit may be half done', () => {
    expect(may('input.output', 'loss.prediction')).toMatchObject({ ok: true });
  });
});

describe('putting a block into a wire', () => {
  const insert = (wire: string, type: string) => insertOnWire(drawn().document, wire, type);

  it('joins it on both sides and moves what stands in the way', () => {
    const { document } = drawn();
    const after = apply(document, insert('w2', 'Dropout') as Edit);
    const { plan, diagnostics } = compile(after);
    expect(diagnostics).toEqual([]);
    expect(plan?.layers.map(({ block }) => block)).toEqual([
      'dropout',
      'dense',
      're_lu',
      'dense_2',
      'softmax',
    ]);
    const places = Object.values(after.blocks).map(({ position }) => `${position.x},${position.y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('is refused where the kinds do not fit', () => {
    expect(insert('w2', 'Adam')).toBeNull();
    expect(insert('w2', 'Input')).toBeNull();
    expect(insert('nowhere', 'ReLU')).toBeNull();
  });

  it('is undone in one step', () => {
    const { document } = drawn();
    const edit = insert('w3', 'BatchNormalization') as Edit;
    expect(apply(apply(document, edit), invert(document, edit))).toEqual(document);
  });
});

describe('deleting with reconnecting', () => {
  it('joins what stood before and after, over several blocks', () => {
    const { document } = drawn();
    const { plan } = compile(apply(document, removeReconnecting(document, ['dense', 're_lu'])));
    expect(plan?.layers.map(({ block, inbound }) => [block, inbound])).toEqual([
      ['dense_2', ['input']],
      ['softmax', ['dense_2']],
    ]);
  });

  it('leaves a gap where the kinds differ', () => {
    const { document } = drawn();
    const after = apply(document, removeReconnecting(document, ['input']));
    expect(Object.values(after.wires).some(({ to }) => to.block === 'dense')).toBe(false);
  });
});

describe('what fits after a block', () => {
  const fits = (id: string) => fitsAfter(drawn().document, id);

  it('starts with the usual next step', () => {
    expect(fits('dense').slice(0, 2)).toEqual(['ReLU', 'Softmax']);
    expect(fits('re_lu')[0]).toBe('Dense');
    expect(fits('softmax')[0]).toBe('CategoricalCrossentropy');
    expect(fits('loss')).toEqual(['Train']);
    expect(fits('optimizer')).toEqual(['Train']);
    expect(fits('train')).toEqual([]);
    const digits = network(digitsData(), ['Split'], ['Conv2D']).document;
    expect(fitsAfter(digits, 'data')[0]).toBe('Split');
    expect(fitsAfter(digits, 'split')[0]).toBe('Scale');
    expect(fitsAfter(digits, 'conv2d').slice(0, 3)).toEqual(['ReLU', 'BatchNormalization', 'MaxPooling2D']);
  });

  it('is a layer after a composite block, and words first after texts', () => {
    const { document } = drawn();
    const made = group(document, ['dense', 're_lu'], 'Mine');
    if (!made.ok) throw new Error(made.problem.message);
    expect(fitsAfter(apply(document, made.value.edit), made.value.block)[0]).toBe('Dense');
    const text = column({ name: 'text', role: 'ignore', dtype: 'string' });
    expect(fitsAfter(network(data([text, classes(2)]), [], []).document, 'data')[0]).toBe(
      'TextVectorization',
    );
  });

  it('offers the loss where the network may end', () => {
    const after = (facts: ReturnType<typeof data>, ...blocks: Parameters<typeof network>[2]) => {
      const { document } = network(facts, [], blocks, { loss: 'MeanAbsoluteError' });
      return fitsAfter(document, 'dense').slice(0, 2);
    };
    const table = (...columns: Parameters<typeof data>[0]) => data([...features(4), ...columns]);
    expect(after(table(oneHotClasses(3)), ['Dense', { units: 3 }])).toEqual([
      'Softmax',
      'CategoricalCrossentropy',
    ]);
    expect(after(table(classes(2)), ['Dense', { units: 1 }])).toEqual(['Sigmoid', 'BinaryCrossentropy']);
    expect(after(table(classes(3)), ['Dense', { units: 3, activation: 'softmax' }])[0]).toBe(
      'SparseCategoricalCrossentropy',
    );
    expect(after(table(target()), ['Dense', { units: 1 }])[0]).toBe('MeanSquaredError');
    expect(after(table(target()), ['Dense', { units: 8 }])[0]).toBe('ReLU');
  });

  it('leaves out what cannot read the shape', () => {
    expect(fits('dense')).not.toContain('Conv2D');
    expect(fits('nowhere')).toEqual([]);
  });
});

describe('the hash of a plan', () => {
  const hash = (drawing: ReturnType<typeof drawn>) => compile(drawing.document).plan?.hash;

  it('does not change when blocks are moved or the file is written and read again', () => {
    const there = drawn();
    const moved = apply(there.document, { kind: 'move', positions: { dense: { x: 999, y: 5 } } });
    const loaded = loadDocument(saveText(moved));
    if (!loaded.ok) throw new Error(loaded.problem.message);
    expect(compile(loaded.value).plan).toEqual(compile(there.document).plan);
  });

  it('changes with anything that matters', () => {
    const hashes = [
      drawn(),
      drawn().set('dense', 'units', 9),
      drawn().set('dense', 'activation', 'tanh'),
      drawn().set('train', 'epochs', 11),
      drawn().set('optimizer', 'learning_rate', 0.002),
    ].map(hash);
    expect(new Set(hashes).size).toBe(5);
    expect(hash(drawn())).toMatch(/^[0-9a-f]{32}$/);
  });

  it('of values does not depend on the order of keys', () => {
    expect(hashOf({ a: 1, b: [2, { c: null, d: 'x' }] })).toBe(hashOf({ b: [2, { d: 'x', c: null }], a: 1 }));
    const regression = network(data([...features(2), target()]), [], [['Dense', { units: 1 }]], {
      loss: 'MeanSquaredError',
    });
    expect(hash(regression)).not.toBe(hash(drawn()));
  });

  it('keeps the order in which inputs of Concatenate were wired', () => {
    const drawing = network(
      data([...features(4), oneHotClasses(3)]),
      [],
      [
        ['Dense', { units: 2, activation: 'relu' }],
        ['Dense', { units: 5, activation: 'relu' }],
        'Concatenate',
        ['Dense', { units: 3 }],
        'Softmax',
      ],
    ).wire('dense', 'concatenate');
    const loaded = loadDocument(saveText(drawing.document));
    const layer =
      loaded.ok && compile(loaded.value).plan?.layers.find(({ block }) => block === 'concatenate');
    expect(layer && layer.inbound).toEqual(['dense_2', 'dense']);
  });
});
