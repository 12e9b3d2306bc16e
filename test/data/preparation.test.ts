import { describe, expect, test } from 'vitest';
import type { DatasetStep } from '../../shared/compiler/plan';
import { preparationState } from '../../shared/document/preparation';
import type { DataSet } from '../../electron/data/data-set';
import type { ArrayUse } from '../../electron/data/preparation/arrays';
import { prepare } from '../../electron/data/preparation/prepare';
import { readSource } from '../../electron/data/facts';
import { classes, dataSetOf, numbers, pictures, source, step, use } from './made-data';
import type { PreparedArray } from '../../electron/data/preparation/arrays';
import { numbersIn, problemOf, temporaryFolder, valueOf, writeIn } from './made-files';

const run = (data: DataSet, steps: DatasetStep[], uses: ArrayUse[]) =>
  prepare(new Map([['source', data]]), [source(), ...steps], uses);
const arrays = (data: DataSet, steps: DatasetStep[], uses: ArrayUse[]) =>
  valueOf(run(data, steps, uses)).arrays;
/** What the network reads: stored × scale + offset. */
const trueValues = ({ values, scale, offset }: Pick<PreparedArray, 'values' | 'scale' | 'offset'>) =>
  numbersIn({ values }).map((value) => value * scale + offset);

/** Rows 0 to 3 train, 4 validates, 5 tests. */
const PARTS = [0, 0, 0, 0, 1, 2];
const table = dataSetOf(
  [
    numbers('size', [1, 2, 3, 6, 100, 200]),
    numbers('same', [4, 4, 4, 4, 4, 5]),
    classes('colour', [0, 1, 2, 0, 1, 2], ['blue', 'green', 'red'], 'input'),
    classes('kind', [0, 1, 0, 1, 0, 1], ['no', 'yes']),
  ],
  6,
  PARTS,
);

describe('Standardize', () => {
  test('uses mean and standard deviation of the training part for all rows', () => {
    const [size] = arrays(table, [step('Standardize', 'std', 'source')], [use('std', ['size'])]);
    // Training rows 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4.
    const std = Math.sqrt(14 / 4);
    expect(size.shape).toEqual([1]);
    [1, 2, 3, 6, 100, 200].forEach((value, row) =>
      expect(trueValues(size)[row]).toBeCloseTo((value - 3) / std, 4),
    );
  });

  test('leaves a constant column finite, and classes alone', () => {
    const prepared = valueOf(
      run(table, [step('Standardize', 'std', 'source')], [use('std', ['same']), use('std', ['colour'])]),
    );
    expect(trueValues(prepared.arrays[0])).toEqual([0, 0, 0, 0, 0, 1]);
    expect(numbersIn(prepared.arrays[1])).toEqual([0, 1, 2, 0, 1, 2]);
    const [state] = prepared.state.steps;
    expect(state.type === 'Standardize' && state.columns.map(({ name }) => name)).toEqual(['size', 'same']);
  });

  test('has one mean for a picture and keeps its bytes', () => {
    const data = dataSetOf([pictures('image', [1, 2, 1], [0, 2, 4, 6, 255, 255])], 3, [0, 0, 2]);
    const [image] = arrays(data, [step('Standardize', 'std', 'source')], [use('std', ['image'])]);
    expect(image.values).toBe(data.columns[0].values);
    expect(image.shape).toEqual([1, 2, 1]);
    // Training pixels 0, 2, 4, 6: mean 3, variance 5.
    expect(image.scale).toBeCloseTo(1 / Math.sqrt(5), 12);
    expect(image.offset).toBeCloseTo(-3 / Math.sqrt(5), 12);
  });

  test('measures each place of a vector by itself', () => {
    const data = dataSetOf([pictures('vector', [2], [0, 10, 2, 30])], 2);
    const [vector] = arrays(data, [step('Standardize', 'std', 'source')], [use('std', ['vector'])]);
    expect(trueValues(vector)).toEqual([-1, -1, 1, 1]);
  });

  test('before or after Split measures only what is trained on', () => {
    const values = Array.from({ length: 40 }, (_, i) => i);
    const data = dataSetOf(
      [
        numbers('x', values),
        classes(
          'kind',
          values.map((i) => i % 2),
          ['a', 'b'],
        ),
      ],
      40,
    );
    const before = arrays(
      data,
      [step('Standardize', 'std', 'source'), step('Split', 'split', 'std')],
      [use('split', ['x'])],
    );
    const after = arrays(
      data,
      [step('Split', 'split', 'source'), step('Standardize', 'std', 'split')],
      [use('std', ['x'])],
    );
    expect(before).toEqual(after);
  });
});

describe('Scale', () => {
  test('maps bytes 0…255 to the range without copying the pictures', () => {
    const data = dataSetOf(
      [pictures('image', [2, 2, 1], [0, 51, 102, 255]), classes('digit', [3], ['0', '1', '2', '3'])],
      1,
    );
    const [image, digit] = arrays(
      data,
      [step('Scale', 'scale', 'source')],
      [use('scale', ['image']), use('scale', ['digit'], false)],
    );
    expect(image).toEqual({ values: data.columns[0].values, shape: [2, 2, 1], scale: 1 / 255, offset: 0 });
    expect(image.values).toBe(data.columns[0].values);
    expect(digit).toEqual({ values: Int32Array.of(3), shape: [], scale: 1, offset: 0 });
    const [signed] = arrays(
      data,
      [step('Scale', 'scale', 'source', { low: -1, high: 1 })],
      [use('scale', ['image'])],
    );
    const expected = [-1, -0.6, -0.2, 1];
    trueValues(signed).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
  });

  test('maps other columns by the least and greatest of the training part', () => {
    const prepared = arrays(
      table,
      [step('Scale', 'scale', 'source')],
      [use('scale', ['size']), use('scale', ['same'])],
    );
    const expected = [0, 0.2, 0.4, 1, 19.8, 39.8];
    trueValues(prepared[0]).forEach((value, row) => expect(value).toBeCloseTo(expected[row], 5));
    expect(trueValues(prepared[1])).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('after Standardize gives the range all the same', () => {
    const steps = [step('Standardize', 'std', 'source'), step('Scale', 'scale', 'std', { low: 2, high: 4 })];
    const [size] = arrays(table, steps, [use('scale', ['size'])]);
    expect(
      trueValues(size)
        .slice(0, 4)
        .map((value) => Number(value.toFixed(5))),
    ).toEqual([2, 2.4, 2.8, 4]);
  });

  test('can be told its columns, targets too', () => {
    const data = dataSetOf([numbers('x', [0, 10]), numbers('price', [5, 7], 'target')], 2);
    const steps = [step('Scale', 'scale', 'source', { columns: ['price'] })];
    const [x, price] = arrays(data, steps, [use('scale', ['x']), use('scale', ['price'], false)]);
    expect(trueValues(x)).toEqual([0, 10]);
    expect(price).toMatchObject({ shape: [], values: Float32Array.of(0, 1) });
  });

  test('with a wrong range or column gets a sentence', () => {
    const problem = (params: DatasetStep['params']) =>
      problemOf(run(table, [step('Scale', 'scale', 'source', params)], [use('scale', ['size'])]));
    expect(problem({ low: 1, high: 1 }).message).toMatch(/^scale: low is 1 and high is 1/);
    expect(problem({ columns: ['sizes'] })).toMatchObject({
      code: 'data/no-column',
      message: expect.stringContaining('“sizes”') as string,
    });
  });
});

describe('OneHot', () => {
  test('turns the target into vectors, and inputs when it is told to', () => {
    const [kind] = arrays(table, [step('OneHot', 'hot', 'source')], [use('hot', ['kind'], false)]);
    expect(kind.shape).toEqual([2]);
    expect(numbersIn(kind)).toEqual([1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
    const [colour] = arrays(
      table,
      [step('OneHot', 'hot', 'source', { columns: ['colour'] })],
      [use('hot', ['colour'])],
    );
    expect(colour.shape).toEqual([3]);
    expect(numbersIn(colour).slice(0, 6)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test('of a column without classes gets a sentence', () => {
    const prepared = run(
      table,
      [step('OneHot', 'hot', 'source', { columns: ['size'] })],
      [use('hot', ['size'])],
    );
    expect(problemOf(prepared)).toMatchObject({ code: 'data/no-classes' });
  });
});

describe('columns that are read together', () => {
  test('stand side by side in the given order, each prepared in its own way', () => {
    const steps = [step('OneHot', 'hot', 'source', { columns: ['colour'] }), step('Scale', 'scale', 'hot')];
    const [joined] = arrays(table, steps, [use('scale', ['colour', 'size', 'same'])]);
    expect(joined).toMatchObject({ shape: [5], scale: 1, offset: 0 });
    expect(joined.values).toBeInstanceOf(Float32Array);
    expect(
      numbersIn(joined)
        .slice(0, 10)
        .map((value) => Number(value.toFixed(4))),
    ).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0.2, 0]);
  });

  test('join pictures by their channels and keep them bytes', () => {
    const data = dataSetOf(
      [pictures('a', [1, 2, 1], [1, 2, 3, 4]), pictures('b', [1, 2, 2], [10, 11, 12, 13, 20, 21, 22, 23])],
      2,
    );
    const [image] = arrays(data, [step('Scale', 'scale', 'source')], [use('scale', ['a', 'b'])]);
    expect(image.shape).toEqual([1, 2, 3]);
    expect(image.values).toEqual(Uint8Array.of(1, 10, 11, 2, 12, 13, 3, 20, 21, 4, 22, 23));
    expect(image.scale).toBe(1 / 255);
  });

  test('of different shapes get a sentence', () => {
    const data = dataSetOf([pictures('image', [1, 2, 1], [1, 2]), numbers('x', [1])], 1);
    expect(problemOf(run(data, [], [use('source', ['image', 'x'])]))).toMatchObject({
      code: 'data/shape-mismatch',
    });
  });
});

describe('preparing', () => {
  test('leaves a state that can be written down and says what was measured', () => {
    const steps = [step('Standardize', 'std', 'source'), step('OneHot', 'hot', 'std')];
    const { state } = valueOf(run(table, steps, [use('hot', ['size', 'same']), use('hot', ['kind'], false)]));
    expect(preparationState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(state.steps).toMatchObject([
      {
        type: 'Standardize',
        block: 'std',
        from: 'source',
        columns: [
          { name: 'size', mean: [3], std: [Math.sqrt(3.5)] },
          { name: 'same', mean: [4], std: [1] },
        ],
      },
      { type: 'OneHot', block: 'hot', from: 'std', columns: [{ name: 'kind', classes: ['no', 'yes'] }] },
    ]);
    expect(state.arrays.map(({ shape }) => shape)).toEqual([[2], [2]]);
  });

  test('refuses data with errors, text, unknown columns and unknown blocks', async () => {
    const folder = temporaryFolder();
    writeIn(folder, 'bad.csv', 'a,b\n1,x\n2,y\n,x\n4,y\n');
    const bad = valueOf(await readSource('csv', { path: 'bad.csv' }, { folder }));
    expect(problemOf(run(bad, [], [use('source', ['a'])])).message).toContain('bad.csv, line 4, column a');
    expect(problemOf(run(table, [], [use('source', ['weight'])])).message).toContain('“weight”');
    expect(problemOf(run(table, [], [use('nowhere', ['size'])])).code).toBe('data/no-dataset');
    expect(problemOf(run(table, [step('PCA', 'pca', 'source')], [use('pca', ['size'])])).message).toContain(
      'PCA',
    );
    expect(problemOf(prepare(new Map(), [source()], [use('source', ['size'])])).code).toBe('data/no-dataset');
  });

  test('fills empty cells with the mean or the most frequent class of the training part', async () => {
    const folder = temporaryFolder();
    const rows = [
      '1,red,a',
      ',red,b',
      '5,?,a',
      '3,blue,b',
      '100,blue,a',
      '100,blue,b',
      '100,blue,a',
      '100,blue,b',
    ];
    writeIn(folder, 'holes.csv', rows.join('\n'));
    const read = valueOf(await readSource('csv', { path: 'holes.csv', missing: 'mean' }, { folder }));
    const holes = { ...read, parts: Uint8Array.of(0, 0, 0, 0, 2, 2, 2, 2) };
    const prepared = valueOf(run(holes, [], [use('source', ['column_1']), use('source', ['column_2'])]));
    expect(numbersIn(prepared.arrays[0]).slice(0, 4)).toEqual([1, 3, 5, 3]);
    expect(numbersIn(prepared.arrays[1]).slice(0, 4)).toEqual([1, 1, 1, 0]);
    expect(prepared.state.sources[0].columns.map(({ fill }) => fill)).toEqual([3, 1, undefined]);
  });

  test('two sources must have the same rows', () => {
    const other = dataSetOf([numbers('z', [1, 2])], 2);
    const steps = [source(), source('other')];
    const prepared = prepare(
      new Map([
        ['source', table],
        ['other', other],
      ]),
      steps,
      [use('source', ['size']), use('other', ['z'])],
    );
    expect(problemOf(prepared)).toMatchObject({ code: 'data/row-counts' });
  });
});
