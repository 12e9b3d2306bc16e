import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../shared/document/document';
import { splitSizes } from '../../shared/document/preparation';
import { countParts } from '../../electron/data/columns';
import { prepare } from '../../electron/data/preparation/prepare';
import { largestRemainder } from '../../electron/data/preparation/split';
import { classes, dataSetOf, numbers, source, step, use } from './made-data';
import { problemOf, valueOf } from './made-files';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

function split(
  labels: readonly number[],
  params: Record<string, Json>,
  before: number[] | null = null,
  block = 'split',
) {
  const data = dataSetOf([numbers('x', labels), classes('kind', labels, LETTERS)], labels.length, before);
  return prepare(
    new Map([['source', data]]),
    [source(), step('Split', block, 'source', params)],
    [use(block, ['x'])],
  );
}
const partsOf = (
  labels: readonly number[],
  params: Record<string, Json>,
  before: number[] | null = null,
  block = 'split',
) => valueOf(split(labels, params, before, block)).parts;
const labelsIn = (labels: readonly number[], parts: Uint8Array, part: number) =>
  LETTERS.map(
    (_, label) => labels.filter((candidate, row) => candidate === label && parts[row] === part).length,
  );

const IRIS = Array.from({ length: 150 }, (_, row) => Math.floor(row / 50));

describe('Split', () => {
  test('gives the sizes of scikit-learn: shares are rounded up', () => {
    const whole = (n: number) => ({ train: n, validation: 0, test: 0 });
    // sizes of the test part by train_test_split(test_size=…): ceil(test_size · n)
    expect(splitSizes(whole(150), 0, 0.3)).toEqual({ train: 105, validation: 0, test: 45 });
    expect(splitSizes(whole(506), 0, 0.2)).toEqual({ train: 404, validation: 0, test: 102 });
    expect(splitSizes(whole(11), 0.1, 0.1)).toEqual({ train: 7, validation: 2, test: 2 });
    expect(splitSizes(whole(100), 0, 0.07)).toEqual({ train: 93, validation: 0, test: 7 });
    expect(splitSizes(whole(2), 0.1, 0.1)).toEqual({ train: 1, validation: 1, test: 0 });
    expect(splitSizes(whole(1), 0.1, 0.1)).toEqual({ train: 1, validation: 0, test: 0 });
  });

  test('gives every part each class in proportion', () => {
    const parts = partsOf(IRIS, { validation: 0, test: 0.3 });
    expect(labelsIn(IRIS, parts, 0)).toEqual([35, 35, 35, 0, 0]);
    expect(labelsIn(IRIS, parts, 2)).toEqual([15, 15, 15, 0, 0]);
  });

  test('divides what does not divide by the largest remainder', () => {
    expect(largestRemainder([50, 30, 20], 7)).toEqual([4, 2, 1]);
    expect(largestRemainder([1, 1, 1], 2)).toEqual([1, 1, 0]);
    expect(largestRemainder([0, 5], 5)).toEqual([0, 5]);
    expect(largestRemainder([], 0)).toEqual([]);
  });

  test('keeps the parts that the source has', () => {
    const before = IRIS.map((_, row) => (row % 3 === 0 ? 2 : 0));
    const parts = partsOf(IRIS, { validation: 0.1, test: 0.5 }, before);
    expect(countParts(parts, 150)).toEqual({ train: 90, validation: 10, test: 50 });
    before.forEach((part, row) => expect(part === 2).toBe(parts[row] === 2));
  });

  test('follows its seed and its block, and nothing else', () => {
    const params = { validation: 0.2, test: 0.2, seed: 5 };
    expect(partsOf(IRIS, params)).toEqual(partsOf(IRIS, params));
    expect(partsOf(IRIS, { ...params, seed: 6 })).not.toEqual(partsOf(IRIS, params));
    expect(partsOf(IRIS, params, null, 'other')).not.toEqual(partsOf(IRIS, params));
  });

  test('that leaves nothing to train on gets a sentence', () => {
    expect(problemOf(split(IRIS, { validation: 0.5, test: 0.5 })).message).toMatch(
      /^split: validation 0.5 and test 0.5/,
    );
    expect(problemOf(split(IRIS, { validation: -1 })).message).toContain('validation: must be at least 0');
    expect(problemOf(split(IRIS, {}, new Array(150).fill(2))).code).toBe('data/no-training-rows');
  });

  test('two different splits of the same rows are refused', () => {
    const data = dataSetOf([numbers('x', IRIS), classes('kind', IRIS, LETTERS)], 150);
    const steps = [
      source(),
      step('Split', 'a', 'source', { seed: 1 }),
      step('Split', 'b', 'source', { seed: 2 }),
    ];
    const prepared = prepare(new Map([['source', data]]), steps, [
      use('a', ['x']),
      use('b', ['kind'], false),
    ]);
    expect(problemOf(prepared)).toMatchObject({ code: 'data/split-twice' });
  });

  const shares = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 39 }))
    .map(([validation, test]) => ({ validation: validation / 100, test: test / 100 }));
  const rows = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 300 });

  test('always gives the promised sizes, leaves no row out, and keeps the share of every class', () => {
    fc.assert(
      fc.property(rows, shares, fc.boolean(), fc.nat(), (labels, { validation, test }, stratified, seed) => {
        const n = labels.length;
        const parts = partsOf(labels, { validation, test, stratified, seed });
        const sizes = countParts(parts, n);
        expect(sizes).toEqual(splitSizes({ train: n, validation: 0, test: 0 }, validation, test));
        expect(sizes.train + sizes.validation + sizes.test).toBe(n);
        expect(sizes.train).toBeGreaterThan(0);
        if (validation > 0 && n > 1) expect(sizes.validation).toBeGreaterThan(0);
        if (test > 0 && n > 2) expect(sizes.test).toBeGreaterThan(0);
        if (!stratified) return;
        const all = LETTERS.map((_, label) => labels.filter((candidate) => candidate === label).length);
        labelsIn(labels, parts, 2).forEach((count, label) => {
          expect(Math.abs(count - (sizes.test * all[label]) / n)).toBeLessThan(1);
        });
        // Validation is drawn from what the test part left, so two roundings can add up.
        labelsIn(labels, parts, 1).forEach((count, label) => {
          expect(Math.abs(count - (sizes.validation * all[label]) / n)).toBeLessThan(2);
        });
      }),
      { numRuns: 500 },
    );
  });
});
