/** What is said about data that were read from files: copies, leaks, blank and grey pictures, parts that differ. */
import { describe, expect, test } from 'vitest';
import { readSource } from '../../electron/data/facts';
import { lookOver } from '../../electron/data/checks/checks';
import { classColumn, makeDataSet, numberColumn } from '../../electron/data/columns';
import { temporaryFolder, valueOf, writeIn } from './made-files';

const folder = temporaryFolder();
const table = async (content: string) => {
  writeIn(folder, 'table.csv', content);
  return valueOf(await readSource('csv', { path: 'table.csv' }, { folder })).facts;
};

/** `n` pictures of 4 × 4 values, each drawn from its own number. */
function pictures(n: number, draw: (row: number, at: number) => number, channels = 1) {
  const size = 16 * channels;
  return numberColumn(
    { name: 'image', role: 'input', shape: [4, 4, channels] },
    Uint8Array.from({ length: n * size }, (_, i) => draw(Math.floor(i / size), i % size)),
  );
}
const labels = (n: number, of: (row: number) => number, k = 2) =>
  classColumn({ name: 'label', role: 'target' }, Int32Array.from({ length: n }, (_, row) => of(row)), Array.from({ length: k }, (_, i) => String(i))); // prettier-ignore
const varied = (row: number, at: number) => (row * 31 + at * (row + 7)) % 251;

interface Made {
  n: number;
  image?: ReturnType<typeof pictures>;
  label?: ReturnType<typeof labels>;
  parts?: (row: number) => number;
}
function looked({ n, image = pictures(n, varied), label = labels(n, (row) => row % 2), parts }: Made) {
  const rows = parts ? Uint8Array.from({ length: n }, (_, row) => parts(row)) : null;
  const set = makeDataSet({ source: 'Pictures', n, fingerprint: 'f', columns: [image, label], parts: rows });
  return lookOver(set, (row) => `picture ${row + 1}`).facts.problems;
}
const half = (n: number) => (row: number) => (row < n / 2 ? 0 : 2);

describe('rows that stand twice', () => {
  test('are named by their lines', async () => {
    const { problems } = await table('a,b,c\n1,2,x\n3,4,y\n1,2,x\n5,6,y\n3,4,x\n');
    expect(problems).toEqual([
      { code: 'data/duplicates', severity: 'hint', message: 'table.csv: 1 row has exactly the inputs of an earlier row, but another class: line 6 is as line 3.' },
      { code: 'data/duplicates', severity: 'hint', message: 'table.csv: 1 row has exactly the inputs and the label of an earlier row: line 4 is as line 2.' },
    ]); // prettier-ignore
  });

  test('are not reported where only the labels are alike', async () => {
    expect((await table('a,b,c\n1,2,x\n3,4,y\n1,3,x\n5,6,y\n')).problems).toEqual([]);
  });

  test('are a leak where they lie in two parts', () => {
    const image = pictures(8, (row, at) => varied(row === 7 ? 0 : row, at));
    expect(looked({ n: 8, image, label: labels(8, (row) => (row === 7 ? 0 : row % 2)), parts: half(8) })).toEqual([
      { code: 'data/leak', severity: 'warning', message: 'Pictures: 1 row has exactly the inputs of a row in another part (test and training): picture 8 is as picture 1.' },
    ]); // prettier-ignore
    expect(looked({ n: 8, parts: half(8) })).toEqual([]);
  });
});

describe('rows of two parts that are nearly the same', () => {
  const n = 400;
  const noise = (row: number, at: number) => Math.abs(Math.floor(256 * ((Math.sin(row * 12.9898 + at * 78.233) * 43758.5453) % 1))); // prettier-ignore
  const copied = (change: number) => pictures(n, (row, at) => (row === 390 ? Math.max(0, noise(5, at) - (at % 2) * change) : noise(row, at))); // prettier-ignore

  test('are a leak', () => {
    expect(looked({ n, image: copied(1), parts: half(n) })).toEqual([
      { code: 'data/leak', severity: 'warning', message: 'Pictures: 1 row has nearly the inputs of a row in another part (test and training): picture 391 is nearly as picture 6.' },
    ]); // prettier-ignore
  });

  test('are not where they differ more than that, or lie in one part', () => {
    expect(looked({ n, image: copied(40), parts: half(n) })).toEqual([]);
    expect(looked({ n, image: copied(1) })).toEqual([]);
    expect(looked({ n, image: copied(1), parts: (row) => Number(row === 20) })).toEqual([]);
  });

  test('are not pictures with next to nothing on them', () => {
    const faint = (row: number, at: number) => (row % 5 === 0 ? Number(at === row % 16) : noise(row, at));
    const image = pictures(n, faint);
    expect(looked({ n, image, parts: half(n) }).filter(({ message }) => message.includes('nearly'))).toEqual(
      [],
    );
  });
});

describe('pictures', () => {
  test('without anything on them are named', () => {
    const image = pictures(6, (row, at) => (row === 2 ? 7 : varied(row, at)));
    expect(looked({ n: 6, image })).toEqual([
      { code: 'data/blank', severity: 'warning', message: 'Pictures: picture 3 is blank: all its pixels are equal.' },
    ]); // prettier-ignore
  });

  test('that are grey among coloured ones are named', () => {
    const grey = (row: number, at: number) => varied(row, Math.floor(at / 3));
    const mixed = pictures(6, (row, at) => (row < 4 ? grey(row, at) : varied(row, at)), 3);
    expect(looked({ n: 6, image: mixed })).toMatchObject([
      { code: 'data/channel-order', message: 'Pictures: 4 of 6 pictures are grey, the others coloured: picture 1, picture 2, picture 3 and 1 more.' },
    ]); // prettier-ignore
    expect(looked({ n: 6, image: pictures(6, grey, 3) })[0].message).toContain('all pictures are grey');
    expect(looked({ n: 6, image: pictures(6, varied, 3) })).toEqual([]);
  });
});

describe('parts that the source brings along', () => {
  const n = 400;
  const noise = (row: number, at: number) =>
    Math.floor(256 * ((Math.sin(row * 12.9898 + at * 78.233) * 43758.5453) % 1));
  const byRow = pictures(n, noise);

  test('with other shares of the classes are told', () => {
    const label = labels(n, (row) => (row < n / 2 ? Number(row % 10 === 0) : row % 2));
    expect(looked({ n, image: byRow, label, parts: half(n) })).toEqual([
      { code: 'data/split-shift', severity: 'warning', message: 'Pictures, column label: class “0” is 90 % of the training part but 50 % of the test part.' },
    ]); // prettier-ignore
  });

  test('with pictures of another brightness are told', () => {
    const image = pictures(n, (row, at) => (noise(row, at) & 127) + (row < n / 2 ? 0 : 100));
    expect(looked({ n, image, parts: half(n) })[0]).toMatchObject({ code: 'data/split-shift' });
  });

  test('that are alike are not', () => {
    expect(looked({ n, image: byRow, parts: half(n) })).toEqual([]);
  });
});

test('rows that stand class by class are marked', () => {
  expect(labels(9, (row) => Math.floor(row / 3), 3).facts.sorted).toBe(true);
  expect(labels(9, (row) => row % 3, 3).facts.sorted).toBeUndefined();
  expect(labels(3, (row) => row, 3).facts.sorted).toBeUndefined();
});
