import { describe, expect, test } from 'vitest';
import { readSource } from '../../electron/data/facts';
import { TOY_SHAPES } from '../../electron/data/generators/toy/toy';
import type { ReaderParams } from '../../electron/data/readers/reader';
import { problemOf, valueOf, valuesIn } from './made-files';

const context = { folder: '.' };
async function toy(params: ReaderParams) {
  const { facts, columns } = valueOf(await readSource('toy', params, context));
  const [x, y, labels] = columns.map(({ values }) => Array.from(values as Float32Array));
  return { facts, x, y, labels };
}

describe('the two-dimensional toys', () => {
  test('XOR without noise is the four corners in turn', async () => {
    const { x, y, labels } = await toy({ shape: 'xor', count: 5, noise: 0 });
    expect(x).toEqual([0, 0, 1, 1, 0]);
    expect(y).toEqual([0, 1, 0, 1, 0]);
    expect(labels).toEqual([0, 1, 1, 0, 0]);
  });

  test.each(TOY_SHAPES)(
    '%s have columns x, y and class, equal classes, and follow their seed',
    async (shape) => {
      const one = await toy({ shape, count: 300, seed: 7 });
      expect(one.facts.columns.map(({ name, role, dtype }) => [name, role, dtype])).toEqual([
        ['x', 'input', 'float32'],
        ['y', 'input', 'float32'],
        ['class', 'target', 'int32'],
      ]);
      const classes = shape === 'blobs' || shape === 'spirals' ? 3 : 2;
      expect(one.facts.columns[2].classCounts).toEqual(new Array(classes).fill(300 / classes));
      expect(await toy({ shape, count: 300, seed: 7 })).toEqual(one);
      const other = await toy({ shape, count: 300, seed: 8 });
      expect(other.x).not.toEqual(one.x);
      expect(other.facts.fingerprint).not.toBe(one.facts.fingerprint);
    },
  );

  test('moons lie on the two half circles of make_moons', async () => {
    const { x, y, labels } = await toy({ shape: 'moons', count: 100, noise: 0 });
    x.forEach((_, i) => {
      const [centreX, centreY] = labels[i] === 0 ? [0, 0] : [1, 0.5];
      expect(Math.hypot(x[i] - centreX, y[i] - centreY)).toBeCloseTo(1, 5);
      expect(labels[i] === 0 ? y[i] >= -1e-6 : y[i] <= 0.5 + 1e-6).toBe(true);
    });
  });

  test('circles have the radii 1 and a half, spirals one arm per class, lines a gap', async () => {
    const circles = await toy({ shape: 'circles', count: 100, noise: 0 });
    circles.x.forEach((x, i) =>
      expect(Math.hypot(x, circles.y[i])).toBeCloseTo(circles.labels[i] === 0 ? 1 : 0.5, 5),
    );
    const spirals = await toy({ shape: 'spirals', count: 100, noise: 0, classes: 5 });
    expect(new Set(spirals.labels)).toEqual(new Set([0, 1, 2, 3, 4]));
    const linear = await toy({ shape: 'linear', count: 100, noise: 0 });
    linear.x.forEach((x, i) =>
      expect(linear.labels[i] === 1 ? linear.y[i] - x : x - linear.y[i]).toBeGreaterThan(0.14),
    );
  });

  test('noise has the size that was asked for', async () => {
    const { x, labels, y } = await toy({ shape: 'xor', count: 4000, noise: 0.2 });
    const strays = x.map((value, i) => value - ((i >> 1) & 1)).concat(y.map((value, i) => value - (i & 1)));
    const spread = Math.sqrt(strays.reduce((sum, stray) => sum + stray ** 2, 0) / strays.length);
    expect(spread).toBeGreaterThan(0.19);
    expect(spread).toBeLessThan(0.21);
    expect(labels.slice(0, 4)).toEqual([0, 1, 1, 0]);
  });

  test('parameters that make no sense get a sentence', async () => {
    const message = async (params: ReaderParams) =>
      problemOf(await readSource('toy', params, context)).message;
    expect(await message({ shape: 'star' })).toContain('shape: must be one of xor, moons');
    expect(await message({ shape: 'xor', count: 0 })).toContain('count: must be at least 1');
    expect(await message({ shape: 'xor', count: 1e9 })).toContain('count: must be at most 1,000,000');
    expect(await message({ shape: 'xor', noise: 'much' })).toContain('noise: must be a number');
  });
});

describe('the handwritten digits', () => {
  test('have pictures and ten classes, and a smaller set is the start of a larger one', async () => {
    const small = valueOf(await readSource('digits', { count: 40, seed: 3 }, context));
    const large = valueOf(await readSource('digits', { count: 600, seed: '3' }, context));
    expect(small.facts).toMatchObject({
      source: 'Handwritten digits',
      n: 40,
      parts: { train: 40, validation: 0, test: 0 },
    });
    expect(small.facts.columns).toMatchObject([
      { name: 'image', role: 'input', dtype: 'uint8', shape: [28, 28, 1] },
      {
        name: 'digit',
        role: 'target',
        dtype: 'int32',
        shape: [],
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      },
    ]);
    expect(valuesIn(large.columns[0]).slice(0, 40 * 784)).toEqual(valuesIn(small.columns[0]));
    expect(large.facts.fingerprint).not.toBe(small.facts.fingerprint);
  });

  test('report progress and can be stopped', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ done = 0 }) => {
      seen.push(done);
      if (done >= 250) stop.abort();
    };
    const problem = problemOf(
      await readSource('digits', { count: 5000 }, { folder: '.', signal: stop.signal, onProgress }),
    );
    expect(problem.code).toBe('data/stopped');
    expect(seen).toEqual([0, 250]);
  });
});
