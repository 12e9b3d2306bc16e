import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../electron/data/facts';
import { decodeIdx } from '../../electron/data/readers/idx/idx-array';
import type { IdxType } from './made-files';
import {
  codesOf,
  columnOf,
  idxBytes,
  chunksOf,
  numbersIn,
  problemOf,
  temporaryFolder,
  valueOf,
  valuesIn,
  writeIn,
  writePictures,
} from './made-files';

const root = temporaryFolder();
let made = 0;
function newFolder(): string {
  const folder = path.join(root, `set-${made++}`);
  mkdirSync(folder);
  return folder;
}
const read = (folder: string) => readSource('idx', { folder }, { folder: root });

describe('a folder of IDX files', () => {
  test('has pictures with a channel axis, labels as classes, and its own test part', async () => {
    const folder = newFolder();
    writePictures(folder, 'train', 4);
    writePictures(folder, 't10k', 3);
    const { facts, columns, parts } = valueOf(await read(folder));
    expect(facts).toMatchObject({
      source: path.basename(folder),
      n: 7,
      parts: { train: 4, validation: 0, test: 3 },
      // The made pictures of both parts begin with the same three.
      problems: [{ code: 'data/leak' }],
    });
    expect(columnOf(facts, 'image')).toMatchObject({
      role: 'input',
      dtype: 'uint8',
      shape: [2, 3, 1],
      min: 0,
      max: 35,
    });
    expect(columnOf(facts, 'label')).toMatchObject({
      role: 'target',
      dtype: 'int32',
      classes: ['0', '1'],
      classCounts: [4, 3],
    });
    expect(valuesIn(columns[0]).slice(6, 12)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(valuesIn(columns[1])).toEqual([0, 1, 0, 1, 0, 1, 0]);
    expect(Array.from(parts ?? [])).toEqual([0, 0, 0, 0, 2, 2, 2]);
  });

  test('may be packed, and may have points in its names', async () => {
    const plain = newFolder();
    writePictures(plain, 'train', 4);
    const expected = valueOf(await read(plain));
    for (const options of [{ gzip: true }, { dots: true }, { gzip: true, dots: true }]) {
      const folder = newFolder();
      writePictures(folder, 'train', 4, options);
      writeIn(folder, 'README.txt', 'train-images come from elsewhere');
      expect(valueOf(await read(folder)).columns).toEqual(expected.columns);
    }
  });

  test('may hold a validation part, colours, and labels that do not count from 0', async () => {
    const folder = newFolder();
    for (const part of ['train', 'validation', 'test']) {
      writeIn(folder, `${part}-images-idx4-ubyte`, idxBytes('ubyte', [2, 4, 5, 3]));
      writeIn(folder, `${part}-labels-idx1-ubyte`, idxBytes('ubyte', [2], [3, 7]));
    }
    const { facts, columns } = valueOf(await read(folder));
    expect(facts.parts).toEqual({ train: 2, validation: 2, test: 2 });
    expect(facts.columns[0].shape).toEqual([4, 5, 3]);
    expect(facts.columns[1].classes).toEqual(['3', '7']);
    expect(valuesIn(columns[1])).toEqual([0, 1, 0, 1, 0, 1]);
  });

  test('with a label that no picture has says so', async () => {
    const folder = newFolder();
    writeIn(folder, 'train-images-idx3-ubyte', idxBytes('ubyte', [3, 2, 2]));
    writeIn(folder, 'train-labels-idx1-ubyte', idxBytes('ubyte', [3], [0, 1, 3]));
    const { facts } = valueOf(await read(folder));
    expect(facts.columns[1]).toMatchObject({ classes: ['0', '1', '2', '3'], classCounts: [1, 1, 0, 1] });
    expect(codesOf(facts)[0]).toBe('data/label-gap');
  });

  test('with a single label cannot be trained on', async () => {
    const folder = newFolder();
    writeIn(folder, 'train-images-idx3-ubyte', idxBytes('ubyte', [3, 2, 2]));
    writeIn(folder, 'train-labels-idx1-ubyte', idxBytes('ubyte', [3], [5, 5, 5]));
    expect(valueOf(await read(folder)).facts.problems[0]).toMatchObject({
      code: 'data/one-class',
      severity: 'error',
    });
  });

  test('gives the same fingerprint wherever it lies, and another for other pictures', async () => {
    const [one, two, other] = [newFolder(), newFolder(), newFolder()];
    writePictures(one, 'train', 4);
    writePictures(two, 'train', 4);
    writePictures(other, 'train', 5);
    const fingerprint = async (folder: string) => valueOf(await read(folder)).facts.fingerprint;
    expect(await fingerprint(one)).toBe(await fingerprint(two));
    expect(await fingerprint(one)).not.toBe(await fingerprint(other));
  });
});

describe('the IDX format', () => {
  const cases: [IdxType, number[], string][] = [
    ['ubyte', [0, 1, 127, 255], 'Uint8Array'],
    ['byte', [-128, -1, 0, 127], 'Int32Array'],
    ['short', [-32768, -1, 258, 32767], 'Int32Array'],
    ['int', [-2147483648, -1, 16909060, 2147483647], 'Int32Array'],
    ['float', [-1.5, 0, 0.25, 3e38], 'Float32Array'],
    ['double', [-1.5, 0, 0.25, 1e30], 'Float32Array'],
  ];
  test.each(cases)('of type %s keeps its values, however the bytes arrive', async (type, values, array) => {
    for (const size of [1, 3, 1000]) {
      const decoded = valueOf(await decodeIdx(chunksOf(idxBytes(type, [2, 1, 2], values), size), 'made'));
      expect(decoded.shape).toEqual([2, 1, 2]);
      expect(decoded.values.constructor.name).toBe(array);
      expect(numbersIn(decoded)).toEqual(
        values.map((value) => (array === 'Float32Array' ? Math.fround(value) : value)),
      );
    }
  });

  test('that declares more than it has room for is refused before memory is taken', async () => {
    const before = process.memoryUsage().rss;
    const header = Buffer.from([0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28]);
    expect(problemOf(await decodeIdx(chunksOf(header, 16), 'x')).code).toBe('data/too-large');
    const just = Buffer.from([0, 0, 8, 3, 0, 0x20, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28]);
    expect(problemOf(await decodeIdx(chunksOf(just, 16), 'x')).code).toBe('data/truncated');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2);
  });
});

describe('a folder that is not right gets a sentence', () => {
  const images = idxBytes('ubyte', [4, 2, 3]);
  const labels = idxBytes('ubyte', [4], [0, 1, 0, 1]);
  type Files = Record<string, string | Uint8Array>;
  const withImages = (bytes: string | Uint8Array, name = 'train-images-idx3-ubyte'): Files => ({
    [name]: bytes,
    'train-labels-idx1-ubyte': labels,
  });

  const cases: [string, Files, string, RegExp][] = [
    ['no IDX files', { 'notes.txt': 'hello' }, 'data/no-idx', /holds no IDX files/],
    [
      'no labels',
      { 'train-images-idx3-ubyte': images },
      'data/no-labels',
      /train-images-idx3-ubyte but not its labels.*train-labels-idx1-ubyte/,
    ],
    [
      'no pictures',
      { 't10k-labels-idx1-ubyte': labels },
      'data/no-images',
      /t10k-labels-idx1-ubyte but not its pictures/,
    ],
    [
      'a wrong magic number',
      withImages(Buffer.from('PNG or so, surely')),
      'data/not-idx',
      /train-images-idx3-ubyte is not an IDX file: it begins with 50 4e 47 20/,
    ],
    ['an empty file', withImages(''), 'data/empty-file', /train-images-idx3-ubyte is empty/],
    ['sizes of zero', withImages(idxBytes('ubyte', [0, 28, 28])), 'data/empty-file', /0 × 28 × 28/],
    [
      'a file cut short in its values',
      withImages(images.subarray(0, 30)),
      'data/truncated',
      /4 × 2 × 3 values need 40 bytes, and 30 are there/,
    ],
    [
      'a file cut short in its header',
      withImages(images.subarray(0, 7)),
      'data/truncated',
      /ends after 7 bytes/,
    ],
    [
      'bytes after the end',
      withImages(Buffer.concat([images, Buffer.alloc(3)])),
      'data/too-long',
      /longer than its header says/,
    ],
    [
      'another number of labels',
      withImages(idxBytes('ubyte', [5, 2, 3])),
      'data/count-mismatch',
      /5 pictures and train-labels-idx1-ubyte 4 labels/,
    ],
    [
      'a damaged gzip file',
      withImages(damaged(gzipSync(images)), 'train-images-idx3-ubyte.gz'),
      'data/damaged-gzip',
      /cannot be unpacked/,
    ],
    [
      'a gzip file cut short',
      withImages(gzipSync(images).subarray(0, 25), 'train-images-idx3-ubyte.gz'),
      'data/damaged-gzip',
      /cannot be unpacked/,
    ],
    [
      'a gzip file that unpacks to far more',
      withImages(
        gzipSync(Buffer.concat([images, Buffer.alloc(50 * 1024 ** 2)])),
        'train-images-idx3-ubyte.gz',
      ),
      'data/too-long',
      /longer than its header/,
    ],
    [
      'two sets',
      { ...withImages(images), 'emnist-train-images-idx3-ubyte': images },
      'data/ambiguous',
      /holds both/,
    ],
    [
      'test pictures of another size',
      {
        ...withImages(images),
        't10k-images-idx3-ubyte': idxBytes('ubyte', [4, 3, 3]),
        't10k-labels-idx1-ubyte': labels,
      },
      'data/shape-mismatch',
      /different sizes/,
    ],
  ];
  test.each(cases)('%s', async (_, files, code, message) => {
    const folder = newFolder();
    for (const [name, content] of Object.entries(files)) writeIn(folder, name, content);
    const problem = problemOf(await read(folder));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(message);
  });

  test('a missing folder, a file, nothing chosen', async () => {
    expect(problemOf(await read('nowhere'))).toMatchObject({
      code: 'data/no-folder',
      message: expect.stringContaining('nowhere') as string,
    });
    writeIn(root, 'file.gz', 'x');
    expect(problemOf(await read('file.gz'))).toMatchObject({ code: 'data/not-a-folder' });
    expect(problemOf(await read(''))).toMatchObject({ code: 'data/no-path' });
  });
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 12, 24);
  return copy;
}
