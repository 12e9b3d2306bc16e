import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFacts, readSource } from '../../electron/data/facts';
import type { ReaderParams } from '../../electron/data/readers/reader';
import { codesOf, columnOf, problemOf, temporaryFolder, valueOf, valuesIn, writeIn } from './made-files';

const folder = temporaryFolder();
let made = 0;

function read(content: string | Uint8Array, params: ReaderParams = {}) {
  const name = `table-${made++}.csv`;
  writeIn(folder, name, content);
  return readSource('csv', { path: name, ...params }, { folder });
}
const facts = async (content: string | Uint8Array, params?: ReaderParams) =>
  valueOf(await read(content, params)).facts;
const names = async (content: string | Uint8Array, params?: ReaderParams) =>
  (await facts(content, params)).columns.map(({ name }) => name);

/** Enough rows for 0 and 1 in the last column to be classes. */
const ROWS = '1,2,0\n3,4,1\n5,6,0\n7,8,1\n';

describe('a CSV table', () => {
  test('has the statistics that one computes by hand', async () => {
    const { columns, n, parts } = await facts('size,grade\n2,a\n4,b\n4,a\n4,b\n5,a\n5,a\n7,a\n9,b\n');
    expect(n).toBe(8);
    expect(parts).toEqual({ train: 8, validation: 0, test: 0 });
    // The textbook example: mean 5, population standard deviation 2.
    expect(columns[0]).toEqual({
      name: 'size',
      role: 'input',
      dtype: 'float32',
      shape: [],
      min: 2,
      max: 9,
      mean: 5,
      std: 2,
      missing: 0,
    });
    expect(columns[1]).toMatchObject({
      name: 'grade',
      role: 'target',
      dtype: 'int32',
      classes: ['a', 'b'],
      classCounts: [5, 3],
      encoding: 'index',
      missing: 0,
    });
  });

  test('names its columns after the header, or numbers them', async () => {
    expect(await names(`a,b,c\n${ROWS}`)).toEqual(['a', 'b', 'c']);
    expect(await names(ROWS)).toEqual(['column_1', 'column_2', 'column_3']);
    expect(await names(ROWS, { header: 'yes' })).toEqual(['1', '2', '0']);
    expect(await names('a,b\nc,d\n', { header: 'no' })).toEqual(['column_1', 'column_2']);
    expect(await names('colour,size\nred,S\nblue,M\nred,M\n')).toEqual(['colour', 'size']);
    expect(await names('red,S\nblue,M\nred,M\n')).toEqual(['column_1', 'column_2']);
    expect(await names('a,,c\n1,2,0\n3,4,1\n5,6,0\n')).toEqual(['a', 'column_2', 'c']);
  });

  test('may separate its cells by semicolons, tabs, bars or spaces', async () => {
    for (const separator of [';', '\t', '|', '   ', ' \t ']) {
      const { columns, n } = await facts(`a,b,c\n${ROWS}`.replace(/,/g, separator));
      expect(columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
      expect(n).toBe(4);
      expect(columns[1]).toMatchObject({ min: 2, max: 8 });
    }
  });

  test('aligned with spaces, with spaces around the lines, is read', async () => {
    const { columns, n } = await facts(
      '  0.1  12.5   1\n 10.2   3.0   0\n  0.3   4.5   1 \n  0.3   4.5   0 ',
    );
    expect(n).toBe(4);
    expect(columns.map(({ max }) => max)).toEqual([Math.fround(10.2), 12.5, 1]);
  });

  test('may come from another program or another country', async () => {
    const plain = `a,b,c\n${ROWS}`;
    const variants = {
      crlf: plain.replace(/\n/g, '\r\n'),
      cr: plain.replace(/\n/g, '\r'),
      'byte order mark': `\ufeff${plain}`,
      utf16: Buffer.from(`\ufeff${plain}`, 'utf16le'),
      quotes: plain.replace(/[^,\n]+/g, '"$&"'),
      'blank lines': plain.replace(/\n/g, '\n\n'),
      'mixed line ends': plain.replace('\n', '\r\n'),
      'decimal comma': 'a;b;c\n1,0;2,0;0\n3,0;4,0;1\n5,0;6,0;0\n7,0;8,0;1\n',
    };
    const expected = await facts(plain);
    for (const [variant, content] of Object.entries(variants)) {
      const { columns, problems } = await facts(content);
      expect(columns, variant).toEqual(expected.columns);
      expect(problems, variant).toEqual([]);
    }
  });

  test('keeps quoted separators and line breaks, and names in Latin-1', async () => {
    const quoted = await facts('a,b\n1,"x, y"\n2,"x\nz"\n3,"say ""hi"""\n');
    expect(columnOf(quoted, 'b').classes).toEqual(['say "hi"', 'x\nz', 'x, y']);
    const latin = await facts(Buffer.from('größe,b\n1,ä\n2,ö\n3,ä\n', 'latin1'));
    expect(latin.columns[0].name).toBe('größe');
    expect(latin.columns[1].classes).toEqual(['ä', 'ö']);
  });

  test('makes repeated column names unique and says so', async () => {
    const { columns, problems } = await facts('x,x,x_2,x\n1,2,3,0\n3,4,5,1\n5,6,7,0\n');
    expect(columns.map(({ name }) => name)).toEqual(['x', 'x_3', 'x_2', 'x_4']);
    expect(problems).toMatchObject([{ code: 'data/duplicate-names', severity: 'warning' }]);
  });

  test('reads words as classes where they repeat, and shows but does not learn free text', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `remark ${String.fromCharCode(97 + i)},${i % 2 ? 'red' : 'blue'},${i / 2}`,
    );
    const table = valueOf(await read(`remark,colour,price\n${rows.join('\n')}`));
    expect(columnOf(table.facts, 'remark')).toMatchObject({ role: 'ignore', dtype: 'string', min: null });
    expect(columnOf(table.facts, 'colour')).toMatchObject({
      role: 'input',
      classes: ['blue', 'red'],
      classCounts: [10, 10],
    });
    expect(columnOf(table.facts, 'price')).toMatchObject({ role: 'target', dtype: 'float32' });
    expect(table.facts.problems).toMatchObject([{ code: 'data/text-column', severity: 'hint' }]);
    expect(valuesIn(table.columns[1]).slice(0, 3)).toEqual([0, 1, 0]);
  });

  test('does not learn from a column that numbers the rows', async () => {
    const table = await facts('Id,size,kind\n1,2.5,a\n2,3.5,b\n3,1.5,a\n4,0.5,b\n');
    expect(columnOf(table, 'Id').role).toBe('id');
    expect(codesOf(table)).toEqual(['data/id-column']);
  });
});

describe('the target of a CSV table', () => {
  test('is the last column, or the one that is named or counted', async () => {
    const target = async (given: string | number) =>
      (await facts(`a,b,c\n${ROWS}`, { target: given })).columns.find(({ role }) => role === 'target')?.name;
    expect(await target('')).toBe('c');
    expect(await target('a')).toBe('a');
    expect(await target('1')).toBe('b');
    expect(await target(1)).toBe('b');
    const unnamed = await facts(ROWS, { target: 'column_1' });
    expect(columnOf(unnamed, 'column_1').role).toBe('target');
    expect(columnOf(unnamed, 'column_3').role).toBe('input');
  });

  test('that does not exist is named, with those that do', async () => {
    const { code, message } = problemOf(await read(`a,b,c\n${ROWS}`, { target: 'price' }));
    expect(code).toBe('data/unknown-target');
    expect(message).toMatch(/table-\d+\.csv has no column “price”.*a, b, c/);
    expect(problemOf(await read(ROWS, { target: '3' })).code).toBe('data/unknown-target');
  });

  const numbered = (values: readonly (number | string)[]) =>
    values.map((value, i) => `${i / 7},${value}`).join('\n');
  const repeat = (values: readonly (number | string)[], times: number) =>
    Array.from({ length: times }, () => values).flat();

  test.each([
    ['words', repeat(['R', 'M'], 5), ['M', 'R']],
    ['0 and 1', repeat([0, 1], 2), ['0', '1']],
    ['1, 2, 3, five rows each', repeat([1, 2, 3], 5), ['1', '2', '3']],
    ['whole numbers written with a point', repeat(['1.0', '2.0'], 5), ['1', '2']],
    ['names with numbers, in counting order', repeat(['k10', 'k9', 'k1'], 5), ['k1', 'k9', 'k10']],
    ['negative and positive', repeat([1, -1], 5), ['-1', '1']],
  ])('is classes when it is %s', async (_, values, classes) => {
    expect((await facts(numbered(values))).columns[1]).toMatchObject({ dtype: 'int32', classes });
  });

  test.each([
    ['fractions', repeat([0.5, 1.5], 10)],
    ['a few rows of many whole numbers', [3, 5, 7, 11, 13, 17]],
    [
      'more than twenty whole numbers',
      repeat(
        Array.from({ length: 21 }, (_, i) => i),
        10,
      ),
    ],
  ])('is a number when it is %s', async (_, values) => {
    expect((await facts(numbered(values))).columns[1]).toMatchObject({ dtype: 'float32', role: 'target' });
  });

  test('is what the task says, in either of its words', async () => {
    const whole = numbered(repeat([0, 1], 5));
    for (const task of ['number', 'regression'])
      expect((await facts(whole, { task })).columns[1].dtype).toBe('float32');
    for (const task of ['classes', 'classification']) {
      expect((await facts(numbered([3, 5, 7]), { task })).columns[1].classes).toEqual(['3', '5', '7']);
    }
    const words = await facts(numbered(['a', 'b', 'a']), { task: 'number' });
    expect(words.problems[0]).toMatchObject({ code: 'data/not-a-number', severity: 'error' });
    expect(problemOf(await read(whole, { task: 'guess' })).message).toContain('task: must be one of auto');
  });

  test('with a single class cannot be trained on', async () => {
    const table = await facts('1,a\n2,a\n3,a\n');
    expect(table.problems).toMatchObject([{ code: 'data/one-class', severity: 'error' }]);
    expect(table.problems[0].message).toMatch(
      /^table-\d+\.csv, column column_2: every row has the class “a”/,
    );
  });

  test('with more than a thousand texts cannot be classes', async () => {
    const table = await facts(Array.from({ length: 1500 }, (_, i) => `${i % 7},t${i}`).join('\n'));
    expect(table.problems[0]).toMatchObject({ code: 'data/too-many-classes', severity: 'error' });
  });
});

describe('cells that cannot be used', () => {
  const TABLE = 'a,b,kind\n1,2,x\n3,,y\n5,abc,x\n7,inf,y\n9,4,x\n2,6,y\n4,8,x\n6,9,y\n8,10,x\n10,12,y\n';

  test('are refused with line and column', async () => {
    const { problems, n, columns } = await facts(TABLE);
    expect(n).toBe(10);
    expect(columns[1].missing).toBe(3);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['data/missing', 'error'],
      ['data/not-a-number', 'error'],
      ['data/not-finite', 'error'],
    ]);
    expect(problems[0].message).toMatch(
      /^table-\d+\.csv, line 3, column b: the cell is empty\. Correct it, or set Missing/,
    );
    expect(problems[1].message).toMatch(/line 4, column b: “abc” is not a number/);
    expect(problems[2].message).toMatch(/line 5, column b: “inf” is infinite or too large/);
  });

  test('leave their rows out when asked, and say which', async () => {
    const table = valueOf(await read(TABLE, { missing: 'drop' }));
    expect(table.facts.n).toBe(7);
    expect(valuesIn(table.columns[0])).toEqual([1, 9, 2, 4, 6, 8, 10]);
    expect(
      table.facts.problems.every(
        ({ severity, message }) => severity === 'warning' && message.includes('left out'),
      ),
    ).toBe(true);
    expect(table.facts.columns[1]).toMatchObject({ missing: 0, min: 2, max: 12 });
  });

  test('wait for the mean of the training part when asked', async () => {
    const table = valueOf(await read(TABLE, { missing: 'mean' }));
    expect(table.facts.problems.every(({ severity }) => severity === 'hint')).toBe(true);
    expect(valuesIn(table.columns[1]).slice(0, 5)).toEqual([2, NaN, NaN, NaN, 4]);
    expect(table.facts.columns[1]).toMatchObject({ missing: 3, mean: (2 + 4 + 6 + 8 + 9 + 10 + 12) / 7 });
  });

  test('in the target are never filled in', async () => {
    const table = await facts('1,x\n2,\n3,y\n4,x\n', { missing: 'mean' });
    expect(table.problems).toMatchObject([{ code: 'data/missing', severity: 'error' }]);
    expect(table.problems[0].message).toContain('line 2, column column_2');
  });

  test('are counted after the first five', async () => {
    const { problems } = await facts(
      Array.from({ length: 40 }, (_, i) => `${i < 30 ? i + 0.5 : 'inf'},${i % 2}`).join('\n'),
      { header: 'no' },
    );
    expect(problems).toHaveLength(6);
    expect(problems[4].message).toContain('line 35');
    expect(problems[5].message).toMatch(/: 5 more like these\.$/);
  });

  test('are one problem of the table where they miss a value, with what stands in by the kind of column', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i > 2 ? i + 0.5 : ''},${i === 7 ? '' : ['red', 'blue'][i % 2]},${i % 3 ? 'x' : 'y'}`,
    );
    const content = `a,colour,kind\n${rows.join('\n')}\n`;
    const refused = await facts(content);
    expect(refused.problems).toMatchObject([{ code: 'data/missing', severity: 'error' }]);
    expect(refused.problems[0].message).toContain(
      '2 columns have missing cells: a (3, the first in line 2), colour (line 9). Correct it, or set Missing',
    );
    const filled = await facts(content, { missing: 'mean' });
    expect(filled.problems).toMatchObject([{ code: 'data/missing', severity: 'hint' }]);
    expect(filled.problems[0].message).toContain(
      'The mean of the training part stands in. In a column of words,',
    );
    expect((await facts(content, { missing: 'drop' })).problems).toMatchObject([
      { code: 'data/missing', severity: 'warning' },
    ]);
  });

  test('are the usual words for no value and what float32 cannot hold', async () => {
    const words = ['NA', 'NaN', 'null', '?', '-', 'N/A', 'None', 'Infinity', '-inf', '1e39'];
    const rows = Array.from({ length: 30 }, (_, i) => `${words[i] ?? i},${i % 2}`);
    const { columns, problems } = await facts(rows.join('\n'), { missing: 'drop', header: 'no' });
    expect(columns[0]).toMatchObject({ dtype: 'float32', min: 10, max: 29 });
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['data/missing', 'data/not-finite']));
  });

  test('count lines through quoted line breaks, blank lines and the header', async () => {
    const { problems } = await facts('a,b\n"1","x\ny"\n\n\n2,z\n,z\n3,z\n');
    expect(problems[0].message).toContain('line 7, column a');
  });

  test('in ragged rows are named by line, with how many there should be', async () => {
    const content = `a,b,c\n${ROWS}9,10\n11,12,0,13\n`;
    const refused = await facts(content);
    expect(refused.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['data/ragged-row', 'error'],
      ['data/ragged-row', 'error'],
    ]);
    expect(refused.problems[0].message).toMatch(/line 6: the row has 2 cells where 3 are expected/);
    const dropped = await facts(content, { missing: 'drop' });
    expect(dropped.n).toBe(4);
    expect(codesOf(dropped)).toEqual(['data/ragged-row', 'data/ragged-row']);
  });

  test('in every row leave nothing', async () => {
    expect(problemOf(await read('1,,0\n2,,1\n,3,0\n4,,1\n,5,0\n', { missing: 'drop' })).code).toBe(
      'data/no-rows',
    );
  });
});

describe('a file that is no table', () => {
  const cases: [string, string | Uint8Array, string, RegExp][] = [
    ['an empty file', '', 'data/empty-file', /table-\d+\.csv is empty/],
    ['only blank lines', '\n\n  \n', 'data/no-rows', /has no rows/],
    ['only a header', 'a,b,c\n', 'data/no-rows', /names and no rows below/],
    ['a byte order mark alone', '\ufeff', 'data/no-rows', /no rows/],
    ['zero bytes', new Uint8Array(100), 'data/not-text', /binary/],
    ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 'data/not-text', /gzip.*unpack/],
    ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'data/not-text', /spreadsheet.*CSV/],
    [
      'a quotation mark that stays open',
      'a,b\n1,2\n"3,4\n5,6\n',
      'data/open-quote',
      /after line \d.*Close it/,
    ],
    [
      'a row of ten thousand and one columns',
      `${'1,'.repeat(10_000)}1\n`,
      'data/too-many-columns',
      /line 1: 10001 columns/,
    ],
    ['a line of five megabytes', '1'.repeat(5 * 1024 ** 2), 'data/row-too-long', /longer than 4 MB/],
  ];
  test.each(cases)('%s gets a sentence', async (_, content, code, message) => {
    const problem = problemOf(await read(content));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(message);
  });

  test('a folder, a missing file, no file, a file that the system refuses: each gets a sentence', async () => {
    mkdirSync(path.join(folder, 'tables'));
    const problem = async (given: string) => problemOf(await readFacts('csv', { path: given }, { folder }));
    expect(await problem('tables')).toMatchObject({
      code: 'data/directory',
      message: expect.stringContaining('is a folder') as string,
    });
    expect(await problem('away.csv')).toMatchObject({
      code: 'data/no-file',
      message: expect.stringContaining('away.csv') as string,
    });
    expect(await problem('')).toMatchObject({ code: 'data/no-path' });
    expect(await problem(`${'long'.repeat(100)}.csv`)).toMatchObject({
      code: 'data/unreadable',
      message: expect.stringContaining('cannot be read (ENAMETOOLONG)') as string,
    });
    expect(problemOf(await readFacts('parquet', {}, { folder })).message).toContain('digits, idx, csv, toy');
  });

  test('reading can be stopped', async () => {
    writeIn(folder, 'long.csv', ROWS.repeat(1000));
    const stop = new AbortController();
    stop.abort();
    const problem = problemOf(await readFacts('csv', { path: 'long.csv' }, { folder, signal: stop.signal }));
    expect(problem.code).toBe('data/stopped');
  });
});

describe('the fingerprint of a table', () => {
  test('follows content and settings, not the place of the file', async () => {
    const fingerprint = async (content: string, params?: ReaderParams) =>
      (await facts(content, params)).fingerprint;
    const first = await fingerprint(ROWS);
    expect(await fingerprint(ROWS)).toBe(first);
    expect(await fingerprint(`${ROWS}9,9,1\n`)).not.toBe(first);
    expect(await fingerprint(ROWS, { target: '0' })).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
  });
});
