/** data/leak and data/duplicates: rows with exactly the same inputs, in two parts, with other labels, or twice. */
import type { DataProblem } from '../../../shared/document/facts';
import { PARTS } from '../../../shared/document/facts';
import { sampleSize } from '../statistics';
import type { HeldValues } from '../values';
import { columnsOf, listed, PART_NAMES, type Check, type HeldColumn, type Looked } from './check';

/** More rows than this are not compared: the table of what was seen would not fit beside them. */
const MOST_ROWS = 2_000_000;

/** Whole numbers by which the values of a column are told apart: bits of numbers, lengths and letters of texts. */
function wordsOf(values: HeldValues): (at: number) => number {
  if (Array.isArray(values)) {
    const numbers = new Map<string, number>();
    const words = values.map((text) => {
      const known = numbers.get(text) ?? numbers.size;
      numbers.set(text, known);
      return known;
    });
    return (at) => words[at];
  }
  if (!(values instanceof Float32Array)) return (at) => values[at];
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return (at) => bits[at];
}

interface Reading {
  size: number;
  word: (at: number) => number;
}

const readingOf = ({ facts, values }: HeldColumn): Reading => ({
  size: sampleSize(facts.shape),
  word: wordsOf(values),
});

/** 53 bits of two FNV-1a hashes: equal rows have equal numbers, others nearly never. */
function hashRow(columns: readonly Reading[], row: number): number {
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (const { size, word } of columns)
    for (let at = row * size, end = at + size; at < end; at++) {
      const value = word(at);
      low = Math.imul(low ^ value, 0x01000193);
      high = Math.imul(high ^ (value + (low >>> 15)), 0x5bd1e995);
    }
  return (low >>> 0) * 2 ** 21 + ((high >>> 0) & 0x1fffff);
}

const sameRow = (columns: readonly Reading[], a: number, b: number): boolean =>
  columns.every(({ size, word }) => {
    for (let i = 0; i < size; i++) if (word(a * size + i) !== word(b * size + i)) return false;
    return true;
  });

interface Pair {
  first: number;
  again: number;
}

/** Rows with a cell that holds nothing are reported as such; that they are alike says nothing. */
function rowsWithGaps(columns: readonly HeldColumn[]): Set<number> {
  const found = new Set<number>();
  for (const { facts, values } of columns) {
    if (facts.missing === 0 || Array.isArray(values)) continue;
    const size = sampleSize(facts.shape);
    const isGap = (value: number) => (facts.classes ? value < 0 : !Number.isFinite(value));
    values.forEach((value, at) => {
      if (isGap(value)) found.add(Math.floor(at / size));
    });
  }
  return found;
}

/** Every row with the first one that has the same inputs. */
function repeated(columns: readonly Reading[], n: number, without: ReadonlySet<number>): Pair[] {
  const seen = new Map<number, number>();
  const pairs: Pair[] = [];
  for (let row = 0; row < n; row++) {
    if (without.has(row)) continue;
    const hash = hashRow(columns, row);
    const first = seen.get(hash);
    if (first === undefined) seen.set(hash, row);
    else if (sameRow(columns, first, row)) pairs.push({ first, again: row });
  }
  return pairs;
}

export const checkDuplicates: Check = (looked) => {
  const { facts, parts } = looked.set;
  const inputs = columnsOf(looked.set, 'input').map(readingOf);
  if (inputs.length === 0 || facts.n > MOST_ROWS) return [];
  const targets = columnsOf(looked.set, 'target').map(readingOf);
  const pairs = repeated(inputs, facts.n, rowsWithGaps(looked.set.columns));
  const isLeak = ({ first, again }: Pair) => parts !== null && parts[first] !== parts[again];
  const isSame = ({ first, again }: Pair) => sameRow(targets, first, again);
  return [
    ...leak(looked, pairs.filter(isLeak)),
    ...contradiction(
      looked,
      pairs.filter((pair) => !isSame(pair)),
    ),
    ...copies(
      looked,
      pairs.filter((pair) => isSame(pair) && !isLeak(pair)),
    ),
  ];
};

const places = ({ place }: Looked, pairs: readonly Pair[]) =>
  listed(pairs.map(({ first, again }) => `${place(again)} is as ${place(first)}`));

const rows = (count: number) => (count === 1 ? '1 row has' : `${count.toLocaleString('en')} rows have`);

function leak(looked: Looked, pairs: readonly Pair[]): DataProblem[] {
  const { facts, parts } = looked.set;
  if (pairs.length === 0 || parts === null) return [];
  const [{ first, again }] = pairs;
  const message =
    `${facts.source}: ${rows(pairs.length)} exactly the inputs of a row in another part ` +
    `(${PART_NAMES[PARTS[parts[again]]]} and ${PART_NAMES[PARTS[parts[first]]]}): ${places(looked, pairs)}.`;
  return [{ code: 'data/leak', severity: 'warning', message }];
}

function contradiction(looked: Looked, pairs: readonly Pair[]): DataProblem[] {
  const isClass = columnsOf(looked.set, 'target').some(({ facts }) => facts.classes !== undefined);
  if (pairs.length === 0 || !isClass) return [];
  const message = `${looked.set.facts.source}: ${rows(pairs.length)} exactly the inputs of an earlier row, but another class: ${places(looked, pairs)}.`;
  return [{ code: 'data/duplicates', severity: 'hint', message }];
}

function copies(looked: Looked, pairs: readonly Pair[]): DataProblem[] {
  if (pairs.length === 0) return [];
  const message = `${looked.set.facts.source}: ${rows(pairs.length)} exactly the inputs and the label of an earlier row: ${places(looked, pairs)}.`;
  return [{ code: 'data/duplicates', severity: 'hint', message }];
}
