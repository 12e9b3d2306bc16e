import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DatasetStep } from '../../shared/compiler/plan';
import type { Json } from '../../shared/document/document';
import { RandomStream } from '../../shared/random/random';
import type { DataSet } from '../../electron/data/data-set';
import { readSource } from '../../electron/data/facts';
import { prepare } from '../../electron/data/preparation/prepare';
import { describeSample } from '../../electron/data/samples';
import { isOnDisk } from '../../electron/data/values';
import { numbersIn, problemOf, temporaryFolder, valueOf, valuesIn, writeIn } from './made-files';

const root = temporaryFolder();
const cacheFolder = path.join(root, 'cache');
let made = 0;

const CITIES = ['Bergen', 'Turku', 'Aarhus', 'Malmö'];

interface Row {
  cells: string[];
}

/** Numbers with digits that float32 rounds, two kinds of classes, a column that counts the rows, and one of free text. */
function rowsOf(n: number, change: (row: Row, i: number, random: RandomStream) => void = () => {}): string {
  const random = new RandomStream(5, 'test', 'table');
  const rows = Array.from({ length: n }, (_, i) => {
    const [size, weight] = [(random.uniform() - 0.5) * 1e3, random.uniform() * 1e-3];
    const city = CITIES[random.below(4)];
    const kind = size > 0 ? 'large' : 'small';
    const row = { cells: [String(i), String(size), city, String(random.below(3)), weight.toExponential(), `${city} no. ${i}`, kind] }; // prettier-ignore
    change(row, i, random);
    return row.cells.join(';');
  });
  return `id;size;city;grade;weight;remark;kind\n${rows.join('\n')}\n`;
}

const tableOf = (text: string): string => writeIn(root, `table-${made++}.csv`, text);

async function read(
  file: string,
  room: number,
  params: Record<string, Json> = {},
  cache = cacheFolder,
): Promise<DataSet> {
  return valueOf(await readSource('csv', { path: file, ...params }, { folder: root, room, cacheFolder: cache })); // prettier-ignore
}

const preparedFiles = (cache: string): string[] =>
  readdirSync(path.join(cache, 'rows')).map((key) => path.join(cache, 'rows', key, 'rows.bin'));

/** Both forms of a table, and what is told of each. */
async function both(text: string, params: Record<string, Json> = {}) {
  const file = tableOf(text);
  const [held, onDisk] = [await read(file, Infinity, params), await read(file, 100, params)];
  return { held, onDisk };
}

const step = (block: string, type: string, params: DatasetStep['params'] = {}): DatasetStep => ({ block, type, params, from: 'source' }); // prettier-ignore

function preparedOf(data: DataSet, second: DatasetStep, columns: string[]) {
  const source: DatasetStep = { block: 'source', type: 'CsvTable', params: {}, from: null };
  return valueOf(
    prepare(
      new Map([['source', data]]),
      [source, second],
      [
        { dataset: 'step', columns, inputs: true },
        { dataset: 'step', columns: ['kind'], inputs: false },
      ],
    ),
  );
}

/** What the two forms must agree on. */
function compare(held: DataSet, onDisk: DataSet): void {
  const kept = held.columns.filter(({ values }) => !Array.isArray(values));
  expect(onDisk.facts.fingerprint).toBe(held.facts.fingerprint);
  expect(onDisk.facts.n).toBe(held.facts.n);
  expect(onDisk.columns.map(({ facts }) => facts.name)).toEqual(kept.map(({ facts }) => facts.name));
  kept.forEach((column, i) => {
    const { onDisk: told, ...facts } = onDisk.columns[i].facts;
    expect(told).toBe(column.facts.role === 'target' ? undefined : true);
    expect(isOnDisk(onDisk.columns[i].values)).toBe(told === true);
    expect(facts).toEqual(column.facts);
    expect(valuesIn(onDisk.columns[i])).toEqual(valuesIn(column));
  });
}

describe('a table that does not fit into memory', () => {
  test('is the same as in memory: numbers, classes, their figures, and the samples that are shown', async () => {
    const { held, onDisk } = await both(rowsOf(700));
    compare(held, onDisk);
    expect(held.columns.map(({ facts }) => facts.role)).toEqual(['id', 'input', 'input', 'input', 'input', 'ignore', 'target']); // prettier-ignore
    const sample = describeSample(held, 699);
    if (sample.kind !== 'row') throw new Error('a table has rows');
    expect(describeSample(onDisk, 699)).toEqual({
      ...sample,
      cells: sample.cells.filter(({ column }) => column !== 'remark'),
    });
    expect(onDisk.facts.problems.map(({ message }) => message).join('\n')).toContain('column remark: free text; in a table that does not fit into memory it is left aside'); // prettier-ignore
  });

  const gaps = rowsOf(600, ({ cells }, i, random) => {
    if (random.below(10) === 0) cells[1] = ['', 'NA', '?', '1e999'][random.below(4)];
    if (random.below(10) === 0) cells[2] = '';
    if (i === 300) cells.push('one too many');
    if (i > 590) cells[2] = 'Oslo';
    if (i > 590) cells[4] = 'heavy';
  });

  test.each(['refuse', 'mean', 'drop'])(
    'tells of the same cells that cannot be used, and leaves the same rows out: %s',
    async (missing) => {
      const { held, onDisk } = await both(gaps, { missing });
      compare(held, onDisk);
      const told = ({ facts }: DataSet) => facts.problems.filter(({ code }) => !['data/text-column', 'data/duplicates'].includes(code)); // prettier-ignore
      expect(told(held).length).toBeGreaterThan(5);
      expect(told(onDisk)).toEqual(told(held));
    },
  );

  test('has the cells filled in that are empty, and its columns standardised side by side, bit for bit', async () => {
    const text = rowsOf(500, ({ cells }, _, random) => {
      if (random.below(10) === 0) cells[1] = '';
      if (random.below(10) === 0) cells[2] = '';
    });
    const { held, onDisk } = await both(text, { missing: 'mean', target: 'kind' });
    for (const second of [
      step('step', 'Standardize'),
      step('step', 'Scale'),
      step('step', 'OneHot', { columns: ['city', 'kind'] }),
    ]) {
      // prettier-ignore
      const columns = second.type === 'OneHot' ? ['size', 'city', 'grade'] : ['city', 'weight', 'size'];
      const [expected, found] = [preparedOf(held, second, columns), preparedOf(onDisk, second, columns)];
      expect(isOnDisk(found.arrays[0].values)).toBe(true);
      expect(found.state.steps).toEqual(expected.state.steps);
      const numeric = expected.state.sources[0].columns.filter(({ dtype }) => dtype !== 'string');
      expect(found.state.sources[0].columns).toEqual(numeric);
      expect(found.arrays.map(numbersIn)).toEqual(expected.arrays.map(numbersIn));
      expect(found.arrays.map(({ shape, scale, offset }) => ({ shape, scale, offset }))).toEqual(
        expected.arrays.map(({ shape, scale, offset }) => ({ shape, scale, offset })),
      );
    }
  });

  test('is written once: a second start finds it, a changed file is written anew, and so is one that was cut short', async () => {
    const cache = path.join(root, 'own-cache');
    const text = rowsOf(300);
    const file = tableOf(text);
    const first = await read(file, 100, {}, cache);
    const [rows] = preparedFiles(cache);
    const { mtimeMs, size } = statSync(rows);
    expect(size).toBe(300 * 4 * (1 + 5));
    const again = await read(file, 100, {}, cache);
    expect(statSync(rows).mtimeMs).toBe(mtimeMs);
    const held = await read(file, Infinity, {}, cache);
    compare(held, again);

    truncateSync(rows, size - 4);
    const mended = await read(file, 100, {}, cache);
    expect(statSync(rows).size).toBe(size);
    expect(mended.facts).toEqual(first.facts);
    compare(held, mended);

    writeFileSync(file, text.replace(/small/g, 'little'));
    const changed = await read(file, 100, {}, cache);
    expect(preparedFiles(cache)).toHaveLength(2);
    expect(changed.columns.at(-1)?.facts.classes).toEqual(['large', 'little']);
  });

  test('leaves nothing behind when reading it is stopped', async () => {
    const cache = path.join(root, 'stopped-cache');
    const file = tableOf(rowsOf(20_000));
    const stop = new AbortController();
    const onProgress = ({ message }: { message: string }) => {
      if (message.startsWith('Parsing')) stop.abort();
    };
    const stopped = await readSource('csv', { path: file }, { folder: root, room: 100, cacheFolder: cache, signal: stop.signal, onProgress }); // prettier-ignore
    expect(problemOf(stopped).code).toBe('data/stopped');
    expect(readdirSync(path.join(cache, 'rows'))).toEqual([]);
  });

  test('names a target that it does not have before it is read whole', async () => {
    const file = tableOf(rowsOf(20_000));
    const read: number[] = [];
    const refused = await readSource('csv', { path: file, target: 'colour' }, { folder: root, room: 100, cacheFolder, onProgress: ({ message, done = 0 }) => void (message.startsWith('Parsing') && read.push(done)) }); // prettier-ignore
    expect(problemOf(refused).code).toBe('data/unknown-target');
    expect(Math.max(0, ...read)).toBeLessThan(statSync(file).size / 2);
  });
});
