import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DatasetStep } from '../../shared/compiler/plan';
import { RandomStream } from '../../shared/random/random';
import type { DataColumn, DataSet } from '../../electron/data/data-set';
import { readSource } from '../../electron/data/facts';
import { Unreadable } from '../../electron/data/opened-file';
import { prepare } from '../../electron/data/preparation/prepare';
import { hashFile } from '../../electron/data/hash-file';
import { describeSample } from '../../electron/data/samples';
import { isOnDisk } from '../../electron/data/values';
import { idxBytes, numbersIn, problemOf, temporaryFolder, valueOf, valuesIn, writeIn } from './made-files';
import type { IdxType } from './made-files';

const root = temporaryFolder();
let made = 0;

/** 40 pictures to train on and 10 to test on, of 3 × 4 values. */
function folderOf(types: { train: IdxType; test: IdxType }): string {
  const folder = path.join(root, `set-${made++}`);
  mkdirSync(folder);
  const random = new RandomStream(1, 'test', 'pictures');
  for (const [part, n] of [
    ['train', 40],
    ['test', 10],
  ] as const) {
    const pixels = Array.from({ length: n * 12 }, () => random.below(100));
    writeIn(folder, `${part}-images-idx3-ubyte`, idxBytes(types[part], [n, 3, 4], pixels));
    writeIn(folder, `${part}-labels-idx1-ubyte`, idxBytes('ubyte', [n], Array.from({ length: n }, (_, i) => i % 3))); // prettier-ignore
  }
  return folder;
}
const bytes = { train: 'ubyte', test: 'ubyte' } as const;
const read = async (folder: string, room: number, cacheFolder?: string): Promise<DataSet> =>
  valueOf(await readSource('idx', { folder }, { folder: root, room, cacheFolder }));
const step = (block: string, type: string, params: DatasetStep['params']): DatasetStep => ({
  block, type, params, from: 'source',
}); // prettier-ignore

describe('pictures that are too many for the memory', () => {
  test.each<{ train: IdxType; test: IdxType }>([
    bytes,
    { train: 'byte', test: 'byte' },
    { train: 'short', test: 'short' },
    { train: 'int', test: 'int' },
    { train: 'float', test: 'float' },
    { train: 'double', test: 'double' },
    { train: 'ubyte', test: 'float' },
    { train: 'short', test: 'ubyte' },
  ])('stay on the disk and are the same as in memory: $train and $test', async (types) => {
    const folder = folderOf(types);
    const [held, onDisk] = [await read(folder, Infinity), await read(folder, 100)];
    const [image, label] = onDisk.columns;
    expect([held.columns[0], label].map(({ values }) => isOnDisk(values))).toEqual([false, false]);
    expect(isOnDisk(image.values)).toBe(true);
    const { onDisk: told, ...facts } = image.facts;
    expect(told).toBe(true);
    expect(facts).toEqual(held.columns[0].facts);
    expect(onDisk.facts.fingerprint).toBe(held.facts.fingerprint);
    expect(onDisk.facts.parts).toEqual({ train: 40, validation: 0, test: 10 });
    expect(valuesIn(image)).toEqual(valuesIn(held.columns[0]));
    for (const row of [0, 39, 40, 49]) expect(describeSample(onDisk, row)).toEqual(describeSample(held, row));
  });

  test.each<[string, IdxType, DatasetStep]>([
    ['scaled', 'ubyte', step('step', 'Scale', {})],
    ['standardised', 'ubyte', step('step', 'Standardize', {})],
    ['scaled', 'short', step('step', 'Scale', { low: -1, high: 1 })],
    ['standardised', 'float', step('step', 'Standardize', {})],
  ])('are %s as those in memory, bit for bit: %s', async (_, type, second) => {
    const folder = folderOf({ train: type, test: type });
    const source: DatasetStep = { block: 'source', type: 'IdxImages', params: {}, from: null };
    const prepared = async (room: number) =>
      valueOf(
        prepare(
          new Map([['source', await read(folder, room)]]),
          [source, second],
          [{ dataset: 'step', columns: ['image'], inputs: true }],
        ),
      );
    const [held, onDisk] = [await prepared(Infinity), await prepared(100)];
    expect(isOnDisk(onDisk.arrays[0].values)).toBe(true);
    expect(onDisk.state).toEqual(held.state);
    expect(numbersIn(onDisk.arrays[0])).toEqual(numbersIn(held.arrays[0]));
    const { scale, offset } = held.arrays[0];
    expect(onDisk.arrays[0]).toMatchObject({ scale, offset });
  });

  test('are looked through once: what was found is kept, the pictures are not copied', async () => {
    const folder = folderOf(bytes);
    const cache = path.join(root, 'cache');
    const first = await read(folder, 100, cache);
    const [entry] = readdirSync(path.join(cache, 'data'));
    const kept = readdirSync(path.join(cache, 'data', entry)).map((file) => statSync(path.join(cache, 'data', entry, file)).size); // prettier-ignore
    expect(kept.filter((size) => size >= 600)).toHaveLength(1);
    const again = await read(folder, 100, cache);
    expect(again.facts).toEqual(first.facts);
    expect(valuesIn(again.columns[0])).toEqual(valuesIn(first.columns[0]));
    expect(isOnDisk((await read(folder, Infinity, cache)).columns[0].values)).toBe(false);
  });

  test('are to be unpacked first, where they are packed', async () => {
    const folder = folderOf(bytes);
    const plain = path.join(folder, 'train-images-idx3-ubyte');
    writeFileSync(`${plain}.gz`, gzipSync(idxBytes('ubyte', [40, 3, 4])));
    rmSync(plain);
    const refused = problemOf(await readSource('idx', { folder }, { folder: root, room: 100 }));
    expect(refused.code).toBe('data/too-large');
    expect(refused.message).toMatch(/^train-images-idx3-ubyte\.gz .* Unpack it/);
  });

  test('are refused where a file is shorter than its header says', async () => {
    const folder = folderOf(bytes);
    truncateSync(path.join(folder, 'train-images-idx3-ubyte'), 400);
    const refused = problemOf(await readSource('idx', { folder }, { folder: root, room: 100 }));
    expect(refused).toMatchObject({ code: 'data/truncated' });
    expect(refused.message).toContain('train-images-idx3-ubyte is cut short');
  });

  const problemOfReading = (column: Pick<DataColumn, 'values'>): unknown => {
    try {
      return valuesIn(column);
    } catch (error) {
      return error instanceof Unreadable ? error.problem : error;
    }
  };

  test('name the file that has become shorter since it was looked through', async () => {
    const folder = folderOf(bytes);
    const file = path.join(folder, 'train-images-idx3-ubyte');
    const [image] = (await read(folder, 100)).columns;
    truncateSync(file, 400);
    expect(problemOfReading(image)).toMatchObject({
      code: 'data/truncated',
      message: `${file} has become shorter while it was in use: it ends after 400 bytes. Put the whole file back.`,
    });
    writeFileSync(file, idxBytes('ubyte', [40, 3, 4]));
    expect(problemOfReading(image)).toHaveLength(600);
  });

  test('name the file that is gone before it was opened', async () => {
    const folder = folderOf(bytes);
    const cache = path.join(root, 'cache');
    await read(folder, 100, cache);
    const [image] = (await read(folder, 100, cache)).columns;
    rmSync(folder, { recursive: true });
    expect(problemOfReading(image)).toMatchObject({
      code: 'data/no-file',
      message: expect.stringContaining(path.join(folder, 'train-images-idx3-ubyte')) as string,
    });
  });

  test('of more than 2 GB are known by their length and by stretches all over them', async () => {
    const file = path.join(root, 'sparse');
    writeFileSync(file, '');
    const size = 2 * 1024 ** 3 + 1024 ** 2;
    truncateSync(file, size);
    const hash = () => hashFile({ path: file, name: 'sparse', size: statSync(file).size });
    const before = await hash();
    expect(await hash()).toBe(before);
    truncateSync(file, size + 1);
    expect(await hash()).not.toBe(before);
    rmSync(file);
  });
});
