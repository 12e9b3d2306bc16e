/** The made-up sequences have the answers that their task asks for. */
import { describe, expect, test } from 'vitest';
import { readSource } from '../../electron/data/facts';
import { SEQUENCE_TASKS } from '../../electron/data/generators/sequences/sequences';
import type { ReaderParams } from '../../electron/data/readers/reader';
import { problemOf, valueOf } from './made-files';

const read = async (params: ReaderParams) => valueOf(await readSource('sequences', params, { folder: '.' }));

async function pairs(params: ReaderParams): Promise<{ sequence: number[]; target: number }[]> {
  const { facts, columns } = await read(params);
  const [x, y] = columns.map(({ values }) => Array.from(values as Float32Array));
  const size = x.length / facts.n;
  return y.map((target, i) => ({ sequence: x.slice(i * size, (i + 1) * size), target }));
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('made-up sequences', () => {
  test.each(SEQUENCE_TASKS)('%s follow their seed, and more of them begin alike', async (task) => {
    const one = await read({ task, count: 20, length: 12, seed: 7 });
    expect(one.facts.columns[0]).toMatchObject({
      name: 'sequence',
      role: 'input',
      shape: [12, task === 'adding' ? 2 : 1],
    });
    expect(await read({ task, count: 20, length: 12, seed: 7 })).toEqual(one);
    expect((await read({ task, count: 20, length: 12, seed: 8 })).columns[0].values).not.toEqual(
      one.columns[0].values,
    );
    const more = await pairs({ task, count: 25, length: 12, seed: 7 });
    expect(more.slice(0, 20)).toEqual(await pairs({ task, count: 20, length: 12, seed: 7 }));
  });

  test('ones are counted', async () => {
    const { facts } = await read({ task: 'ones', count: 50, length: 15 });
    expect(facts.columns[1].classes).toHaveLength(16);
    for (const { sequence, target } of await pairs({ task: 'ones', count: 50, length: 15 }))
      expect(target).toBe(sum(sequence));
  });

  test('parity is odd or even', async () => {
    for (const { sequence, target } of await pairs({ task: 'parity', count: 50, length: 9 }))
      expect(target).toBe(sum(sequence) % 2);
  });

  test('two numbers are marked, one in each half, and added', async () => {
    for (const { sequence, target } of await pairs({ task: 'adding', count: 50, length: 10 })) {
      const marked = sequence.flatMap((value, i) => (i % 2 === 1 && value === 1 ? [(i - 1) / 2] : []));
      expect([marked[0] < 5, marked[1] >= 5, marked.length]).toEqual([true, true, 2]);
      expect(target).toBeCloseTo(sum(marked.map((step) => sequence[2 * step])), 5);
    }
  });

  test('waves without noise stay between −1 and 1, all four kinds come up', async () => {
    const { facts } = await read({ task: 'waves', count: 400, noise: 0 });
    expect(facts.columns[0].max).toBeLessThanOrEqual(1);
    expect(facts.columns[1].classes).toEqual(['sine', 'square', 'triangle', 'sawtooth']);
    expect(Math.min(...(facts.columns[1].classCounts ?? []))).toBeGreaterThan(70);
  });

  test('a series goes on smoothly', async () => {
    for (const { sequence, target } of await pairs({ task: 'series', count: 50, length: 30, noise: 0 }))
      expect(Math.abs(target - sequence[29])).toBeLessThan(0.8);
  });

  test('an unknown task is named', async () => {
    expect(problemOf(await readSource('sequences', { task: 'x' }, { folder: '.' })).message).toContain(
      'must be one of ones',
    );
  });
});
