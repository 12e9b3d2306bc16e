/** A person who placed nothing but data is led by one click to a whole network that trains. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import type { DataFacts } from '../../shared/document/facts';
import { apply } from '../../shared/document/edits';
import { classes, column, data, features, oneHotClasses, rawPixels, target, unsplit } from './data';
import { draw, type Drawing } from './draw';

const table = (columns: DataFacts['columns'], given: Partial<DataFacts> = {}) =>
  draw().place(
    'CSVTable',
    { path: 'table.csv' },
    { id: 'table', facts: data(columns, { ...unsplit, source: 'table.csv', ...given }) },
  );

/** Clicks the first fix that draws a network. */
function completed(drawing: Drawing) {
  const fixes = drawing.compile().diagnostics.flatMap((diagnostic) => diagnostic.fixes);
  const fix = fixes.find(({ label }) => label.startsWith('Draw '));
  if (!fix) throw new Error(`nothing draws a network: ${fixes.map(({ label }) => label).join(', ')}`);
  const document = apply(drawing.document, fix.edit);
  return { label: fix.label, document, compilation: compile(document) };
}

const typesOf = (document: Drawing['document']) => Object.values(document.blocks).map(({ type }) => type);

const word = (name: string, k: number) => classes(k, { name, role: 'input' });
const large = { min: 0, max: 500, mean: 200, std: 100 };

describe('a table alone', () => {
  it.each([
    ['three classes', [...features(4), classes(3)], 'SparseCategoricalCrossentropy'],
    ['yes and no', [...features(4), classes(2)], 'BinaryCrossentropy'],
    ['a number', [...features(4, large), target()], 'MeanSquaredError'],
    ['words among the features', [...features(2), word('colour', 5), target()], 'MeanSquaredError'],
    [
      'a text beside the features',
      [...features(2), column({ name: 'notes', dtype: 'string' }), classes(3)],
      'SparseCategoricalCrossentropy',
    ],
    [
      'texts only',
      [column({ name: 'text', dtype: 'string', mean: null, std: null, min: null, max: null }), classes(2)],
      'BinaryCrossentropy',
    ],
    [
      'texts that the table shows but does not learn from',
      [
        column({
          name: 'text',
          role: 'ignore',
          dtype: 'string',
          mean: null,
          std: null,
          min: null,
          max: null,
        }),
        classes(2),
      ],
      'BinaryCrossentropy',
      { problems: [{ code: 'data/text-column', severity: 'hint', message: 'text: 2600 different texts.' }] },
    ],
    [
      'few rows',
      [...features(4), classes(3)],
      'SparseCategoricalCrossentropy',
      { n: 2000, parts: { train: 2000, validation: 0, test: 0 } },
    ],
    [
      'rows that are held out already',
      [...features(4), classes(3)],
      'SparseCategoricalCrossentropy',
      { parts: { train: 8000, validation: 1000, test: 1000 } },
    ],
  ] as [string, DataFacts['columns'], string, Partial<DataFacts>?][])(
    'with %s becomes a whole network by one click, without a remark',
    (_, columns, loss, given) => {
      const { label, document, compilation } = completed(table(columns, given));
      expect(label).toBe('Draw a network for table.csv');
      expect(compilation.diagnostics).toEqual([]);
      expect(compilation.plan?.losses[0].class_name).toBe(loss);
      expect(typesOf(document)).toContain('Train');
    },
  );

  it('has its words one-hot and its numbers standardised', () => {
    const { document } = completed(table([...features(2, large), word('colour', 5), target()]));
    expect(typesOf(document)).toEqual(expect.arrayContaining(['Split', 'OneHot', 'Standardize']));
  });

  it('with pictures gets a convolutional network', () => {
    const { document, compilation } = completed(
      draw().place('Digits', {}, { id: 'data', facts: data([rawPixels([28, 28, 1]), classes(10)], unsplit) }),
    );
    expect(typesOf(document)).toEqual(expect.arrayContaining(['Scale', 'Conv2D', 'MaxPooling2D', 'Flatten']));
    expect(compilation.diagnostics).toEqual([]);
  });

  it.each([
    ['words and numbers', [...features(2, large), word('colour', 5), classes(3)]],
    ['numbers', [...features(4, large), classes(3)]],
    ['yes and no', [...features(4), classes(2)]],
    ['a number to predict', [...features(4, large), target()]],
  ])('has Train beside its loss and its optimizer: %s', (_, columns) => {
    const { document } = completed(table(columns));
    const [[train, { position }]] = Object.entries(document.blocks).filter(
      ([, { type }]) => type === 'Train',
    );
    const before = Object.values(document.wires).filter(({ to }) => to.block === train);
    expect(before).toHaveLength(2);
    for (const { from } of before) {
      const { x, y } = document.blocks[from.block].position;
      expect(position.x - x).toBeGreaterThan(0);
      expect(position.x - x).toBeLessThan(2 * 240);
      expect(Math.abs(position.y - y)).toBeLessThan(2 * 128);
    }
  });

  it('is not drawn over: no two blocks lie on each other', () => {
    const { document } = completed(table([...features(4), classes(3)]).place('Train', {}, { id: 'mine' }));
    const places = Object.values(document.blocks).map(({ position }) => position);
    const overlaps = places.some((a, i) =>
      places.some((b, j) => i < j && Math.abs(a.x - b.x) < 160 && Math.abs(a.y - b.y) < 60),
    );
    expect(overlaps).toBe(false);
    expect(typesOf(document).filter((type) => type === 'Train')).toHaveLength(1);
  });
});

describe('a network that was begun', () => {
  it.each([
    ['at Input', []],
    ['at a hidden layer', [['Dense', { units: 16, activation: 'relu' }]]],
    ['at the last layer', [['Dense', { units: 3 }]]],
  ] as const)('and ends %s is drawn to its end', (_, layers) => {
    const drawing = table([...features(4), classes(3)], {
      parts: { train: 8000, validation: 1000, test: 1000 },
    });
    drawing.chain(
      'table',
      'Input',
      ...layers.map(([type, params]): [string, Record<string, never>] => [type, params as never]),
    );
    const { label, document, compilation } = completed(drawing);
    expect(label).toBe('Draw the rest of the network');
    expect(compilation.diagnostics).toEqual([]);
    expect(compilation.plan?.layers.at(-1)?.output_shape).toEqual([null, 3]);
    expect(typesOf(document).filter((type) => type === 'Input')).toHaveLength(1);
  });
});

describe('data from which nothing can be foretold', () => {
  it.each([
    ['without a target', features(4)],
    ['with a target of text', [...features(4), target({ dtype: 'string' })]],
    ['without inputs', [oneHotClasses(3)]],
  ] as const)('%s offers no network', (_, columns) => {
    const labels = table([...columns])
      .compile()
      .diagnostics.flatMap(({ fixes }) => fixes.map(({ label }) => label));
    expect(labels.filter((label) => label.startsWith('Draw'))).toEqual([]);
  });
});
