/** Files that were damaged at random: every one gives a data set or a sentence, quickly. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataFacts } from '../../shared/document/facts';
import { readRecords } from '../../electron/data/readers/csv/records';
import { readSource } from '../../electron/data/facts';
import { decodeIdx } from '../../electron/data/readers/idx/idx-array';
import { full } from '../environment';
import { chunksOf, idxBytes, temporaryFolder, writeIn } from './made-files';

const folder = temporaryFolder();
const RUNS = full ? 10_000 : 500;
const MOST_GROWTH = 600 * 1024 ** 2;

const TABLES = [
  'a,b,kind\n1,2,x\n3,4,y\n5,6,x\n',
  '"Month","Passengers"\r\n"1949-01",112\r\n"1949-02",118\r\n',
  ' 0.1  2.5   1\n 10.2   3.0   0\n  0.3   4.5   1 \n',
  'a;b;c\n1,5;2,5;0\n3,5;4,5;1\n',
];
const PIECES = [
  ',',
  ';',
  '\t',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\ufeff',
  '\0',
  'NaN',
  'inf',
  '1e400',
  '-',
  '',
  'é',
  '\ud83d',
  '9'.repeat(400),
  '0x1',
];

/** A start and a list of places where bytes are cut out and others put in. */
const mutated = (starts: readonly Buffer[], pieces: readonly Buffer[]) =>
  fc
    .tuple(
      fc.constantFrom(...starts),
      fc.array(
        fc.tuple(fc.nat(), fc.nat(8), fc.oneof(fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 6 }))),
        { maxLength: 6 },
      ),
    )
    .map(([start, changes]) =>
      changes.reduce<Buffer>((bytes, [place, cut, piece]) => {
        const at = place % (bytes.length + 1);
        return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + cut)]);
      }, start),
    );

function expectSentence(problem: { code: string; message: string }) {
  expect(problem.code).toMatch(/^data\/[a-z-]+$/);
  expect(problem.message).toMatch(/^\S.*[.)]$/s);
}

test(`${RUNS} damaged tables`, async () => {
  const before = process.memoryUsage().rss;
  const choices = fc.record({
    header: fc.constantFrom('auto', 'yes', 'no'),
    task: fc.constantFrom('auto', 'classes', 'number'),
    missing: fc.constantFrom('refuse', 'mean', 'drop'),
  });
  await fc.assert(
    fc.asyncProperty(
      mutated(
        TABLES.map((text) => Buffer.from(text)),
        PIECES.map((text) => Buffer.from(text)),
      ),
      choices,
      async (bytes, params) => {
        writeIn(folder, 'damaged.csv', bytes);
        const read = await readSource('csv', { path: 'damaged.csv', ...params }, { folder });
        if (!read.ok) return expectSentence(read.problem);
        const { facts, columns } = read.value;
        expect(dataFacts.safeParse(facts).error).toBeUndefined();
        expect(new Set(facts.columns.map(({ name }) => name)).size).toBe(facts.columns.length);
        for (const { values } of columns) expect(values.length).toBe(facts.n);
        for (const problem of facts.problems) expectSentence(problem);
      },
    ),
    { numRuns: RUNS },
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
}, 600_000);

test(`${RUNS} damaged IDX files`, async () => {
  const before = process.memoryUsage().rss;
  const starts = [
    idxBytes('ubyte', [3, 2, 2], [1, 2, 3, 4]),
    idxBytes('ubyte', [5], [0, 1, 2, 3, 4]),
    idxBytes('double', [2, 2], [0.5, 1.5]),
    idxBytes('short', [2, 2, 1], [300]),
  ];
  const pieces = [[0], [0xff], [0xff, 0xff, 0xff, 0xff], [0, 0, 8, 3], [0x0e], [0x7f, 0xff]].map((bytes) =>
    Buffer.from(bytes),
  );
  await fc.assert(
    fc.asyncProperty(mutated(starts, pieces), fc.integer({ min: 1, max: 40 }), async (bytes, size) => {
      const decoded = await decodeIdx(chunksOf(bytes, size), 'damaged');
      if (!decoded.ok) return expectSentence(decoded.problem);
      const { shape, values } = decoded.value;
      expect(values.length).toBe(shape.reduce((product, axis) => product * axis, 1));
    }),
    { numRuns: RUNS },
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
}, 600_000);

test('tables without quotation marks are cut alike by the fast way and by the parser', async () => {
  const line = fc
    .array(fc.constantFrom('a', '12', ' ', '', ',', ',', '\t', 'é', '-1.5'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const text = fc
    .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([lines, lineEnd]) => lines.join(lineEnd));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom(',' as const, '\t' as const, 'whitespace' as const),
      async (content, delimiter) => {
        const path = writeIn(folder, 'plain.csv', content);
        const records = async (hasQuotes: boolean) => {
          const taken: [string[], number][] = [];
          const file = {
            path,
            name: 'plain.csv',
            size: 1,
            sha256: '',
            encoding: 'utf8',
            hasQuotes,
            start: '',
          } as const;
          const read = await readRecords(file, delimiter, (...record) => taken.push(record) > 0, { folder });
          expect(read.ok).toBe(true);
          return taken;
        };
        expect(await records(false)).toEqual(await records(true));
      },
    ),
    { numRuns: 500 },
  );
});
