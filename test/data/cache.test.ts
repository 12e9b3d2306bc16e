import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCache, writeCache } from '../../electron/data/cache';
import { readSource } from '../../electron/data/facts';
import { loadPrepared } from '../../electron/data/prepared';
import { step, use } from './made-data';
import { temporaryFolder, valueOf, writeIn, writePictures } from './made-files';

const entry = {
  meta: { about: 'things' },
  arrays: [Uint8Array.of(1, 2, 255), Int32Array.of(-1, 7), Float32Array.of(0.5, NaN), ['a', '“ä”']],
};
const binaries = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.bin'));

describe('the data cache', () => {
  test('gives back what was put in, as flat files', async () => {
    const cacheFolder = temporaryFolder();
    expect(await readCache(cacheFolder, 'key')).toBeNull();
    expect(await writeCache(cacheFolder, 'key', entry)).toBe(true);
    expect(await readCache(cacheFolder, 'key')).toEqual(entry);
    const folder = path.join(cacheFolder, 'data', 'key');
    expect(readFileSync(path.join(folder, '1.bin'))).toEqual(Buffer.from([255, 255, 255, 255, 7, 0, 0, 0]));
    expect(readdirSync(path.join(cacheFolder, 'data'))).toEqual(['key']);
  });

  test.each([
    ['a flipped bit', (file: string) => writeFileSync(file, Buffer.from([1, 3, 255]))],
    ['a file cut short', (file: string) => truncateSync(file, 1)],
    [
      'a description that is no JSON',
      (file: string) => writeFileSync(path.join(path.dirname(file), 'entry.json'), '{'),
    ],
  ])('ignores an entry with %s, and replaces it', async (_, damage) => {
    const cacheFolder = temporaryFolder();
    await writeCache(cacheFolder, 'key', entry);
    damage(path.join(cacheFolder, 'data', 'key', '0.bin'));
    expect(await readCache(cacheFolder, 'key')).toBeNull();
    expect(await writeCache(cacheFolder, 'key', entry)).toBe(true);
    expect(await readCache(cacheFolder, 'key')).toEqual(entry);
  });

  test('lets the longest unused go when it has grown too large', async () => {
    const cacheFolder = temporaryFolder();
    const large = { meta: null, arrays: [new Uint8Array(1000)] };
    for (const [i, key] of ['old', 'older', 'new'].entries()) {
      await writeCache(cacheFolder, key, large, 100_000);
      const used = [2_000, 1_000, 3_000][i];
      utimesSync(path.join(cacheFolder, 'data', key, 'entry.json'), used, used);
    }
    await writeCache(cacheFolder, 'newest', large, 4_000);
    expect(await readCache(cacheFolder, 'older')).toBeNull();
    expect(await readCache(cacheFolder, 'newest')).toEqual(large);
    expect(await readCache(cacheFolder, 'new')).toEqual(large);
    expect(
      await writeCache(cacheFolder, 'huge', { meta: null, arrays: [new Uint8Array(9_000)] }, 10_000),
    ).toBe(false);
  });

  test('that cannot be written does no harm', async () => {
    const file = writeIn(temporaryFolder(), 'a-file', 'not a folder');
    expect(await writeCache(file, 'key', entry)).toBe(false);
    expect(
      valueOf(await readSource('digits', { count: 10 }, { folder: '.', cacheFolder: file })).facts.n,
    ).toBe(10);
  });

  test('two that write the same entry at once leave a whole one', async () => {
    const cacheFolder = temporaryFolder();
    await Promise.all(Array.from({ length: 8 }, () => writeCache(cacheFolder, 'key', entry)));
    expect(await readCache(cacheFolder, 'key')).toEqual(entry);
    expect(readdirSync(path.join(cacheFolder, 'data'))).toEqual(['key']);
  });
});

describe('a source that was read before', () => {
  test('is the same from the cache, without being decoded again', async () => {
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    const decoding: string[] = [];
    const onProgress = ({ message }: { message: string }) => decoding.push(message);
    const read = () => readSource('digits', { count: 30 }, { folder, cacheFolder, onProgress });
    const first = valueOf(await read());
    expect(decoding.length).toBeGreaterThan(0);
    decoding.length = 0;
    expect(valueOf(await read())).toEqual(first);
    expect(decoding).toEqual([]);
  });

  test('is read anew when the file has changed, and keeps parts and text', async () => {
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    writePictures(folder, 'train', 4);
    writePictures(folder, 't10k', 2);
    const pictures = () => readSource('idx', { folder: '.' }, { folder, cacheFolder });
    const first = valueOf(await pictures());
    expect(valueOf(await pictures())).toEqual(first);
    writePictures(folder, 'train', 6);
    expect(valueOf(await pictures()).facts.n).toBe(8);

    const rows = Array.from({ length: 20 }, (_, i) => `text ${i},${i},${i % 2}`);
    writeIn(folder, 'notes.csv', rows.join('\n'));
    const notes = () => readSource('csv', { path: 'notes.csv' }, { folder, cacheFolder });
    const table = valueOf(await notes());
    expect(table.columns[0].values).toContain('text 3');
    expect(valueOf(await notes())).toEqual(table);
  });
});

describe('data prepared for a plan', () => {
  const steps = [
    { block: 'digits', type: 'Digits', reader: 'digits', params: { count: 60, seed: 1 }, from: null },
    step('Split', 'split', 'digits', { validation: 0.2, test: 0.2 }),
    step('Scale', 'scale', 'split'),
    step('OneHot', 'hot', 'scale'),
  ];
  const uses = [use('hot', ['image']), use('hot', ['digit'], false)];

  test('are the same from the cache, and pictures are stored once', async () => {
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    const first = valueOf(await loadPrepared(steps, uses, { folder, cacheFolder }));
    expect(first.prepared.arrays.map(({ shape, scale }) => [shape, scale])).toEqual([
      [[28, 28, 1], 1 / 255],
      [[10], 1],
    ]);
    const entries = readdirSync(path.join(cacheFolder, 'data'));
    expect(entries.map((key) => binaries(path.join(cacheFolder, 'data', key)).length)).toEqual([2, 2]);
    const again = valueOf(await loadPrepared(steps, uses, { folder, cacheFolder }));
    expect(again).toEqual(first);
    expect(again.prepared.arrays[0].values).toBe(again.dataSets.get('digits')?.columns[0].values);
  });

  test('are prepared anew for other steps', async () => {
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    const parts = async (seed: number) => {
      const others = steps.map((one) =>
        one.block === 'split' ? { ...one, params: { ...one.params, seed } } : one,
      );
      return valueOf(await loadPrepared(others, uses, { folder, cacheFolder })).prepared.parts;
    };
    expect(await parts(1)).toEqual(await parts(1));
    expect(await parts(2)).not.toEqual(await parts(1));
  });
});
