import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../electron/data/facts';
import { lacks, sharedFolder } from '../environment';
import { codesOf, problemOf, valueOf } from './made-files';

const shared = sharedFolder ?? '';
const tables = path.join(shared, 'data', 'tables');
const table = async (name: string) =>
  valueOf(await readFacts('csv', { path: `${name}.csv` }, { folder: tables }));

describe.skipIf(lacks('the folder of real tables', sharedFolder !== null))(
  'real tables, most of them without a header',
  () => {
    test.each([
      ['iris', 150, 5, ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'], [50, 50, 50]],
      ['wine', 178, 14, ['1', '2', '3'], [59, 71, 48]],
      ['pima-indians-diabetes', 768, 9, ['0', '1'], [500, 268]],
      ['sonar', 208, 61, ['M', 'R'], [111, 97]],
      ['winequality-red', 1599, 12, ['3', '4', '5', '6', '7', '8'], [10, 53, 681, 638, 199, 18]],
    ])('%s is read with its classes', async (name, n, width, classes, classCounts) => {
      const facts = await table(name);
      expect(facts.n).toBe(n);
      expect(facts.columns).toHaveLength(width);
      expect(codesOf(facts).filter((code) => code !== 'data/duplicates')).toEqual([]);
      expect(facts.columns[width - 1]).toMatchObject({
        name: `column_${width}`,
        role: 'target',
        classes,
        classCounts,
      });
      expect(
        facts.columns.slice(0, -1).every(({ role, dtype }) => role === 'input' && dtype === 'float32'),
      ).toBe(true);
    });

    test.each([
      ['iris', '3 rows', 'line 35 is as line 10, line 38 is as line 10, line 143 is as line 102'],
      ['winequality-red', '240 rows', 'line 5 is as line 1'],
    ])('%s is known to hold copies, and they are found', async (name, rows, lines) => {
      const [problem] = (await table(name)).problems;
      expect(problem.message).toContain(rows);
      expect(problem.message).toContain(lines);
    });

    test('housing has a number for a target, with the figures of its documentation', async () => {
      const facts = await table('housing');
      expect(facts.n).toBe(506);
      expect(facts.problems).toEqual([]);
      const target = facts.columns[13];
      expect(target).toMatchObject({ role: 'target', dtype: 'float32', min: 5, max: 50 });
      expect(target.mean).toBeCloseTo(22.5328, 4);
      expect(target.std).toBeCloseTo(9.18801, 4);
    });

    test('airline passengers have a header and nothing but text beside the target', async () => {
      const facts = await table('airline-passengers');
      expect(facts.columns).toMatchObject([
        { name: 'Month', role: 'ignore', dtype: 'string' },
        { name: 'Passengers', role: 'target', dtype: 'float32', min: 104, max: 622 },
      ]);
      expect(codesOf(facts)).toEqual(['data/no-inputs', 'data/text-column']);
    });

    test('MNIST is read packed, with its test part', async () => {
      const facts = valueOf(await readFacts('idx', { folder: 'data/mnist' }, { folder: shared }));
      expect(facts.source).toBe('mnist');
      expect(facts.parts).toEqual({ train: 9997, validation: 0, test: 10000 });
      expect(facts.columns[0]).toMatchObject({
        name: 'image',
        dtype: 'uint8',
        shape: [28, 28, 1],
        min: 0,
        max: 255,
      });
      expect(facts.columns[1].classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
      expect(facts.columns[1].classCounts?.reduce((sum, count) => sum + count)).toBe(19997);
      expect(facts.problems).toEqual([]);
    });

    test('a packed picture file is no table, and a book is not one to learn from', async () => {
      const packed = path.join(shared, 'data', 'mnist', 'train-images-idx3-ubyte.gz');
      expect(problemOf(await readFacts('csv', { path: packed }, { folder: tables })).code).toBe(
        'data/not-text',
      );
      const book = await readFacts(
        'csv',
        { path: path.join(shared, 'data', 'text', 'shakespeare.txt') },
        { folder: tables },
      );
      const found = book.ok
        ? book.value.problems.some(({ severity }) => severity === 'error')
        : book.problem.code;
      expect(found).toBeTruthy();
    });
  },
);
