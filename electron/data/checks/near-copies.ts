/** data/leak: rows of two parts that are nearly the same, as a picture that was saved again, or a measurement with a little noise. */
import { PARTS } from '../../../shared/document/facts';
import { RandomStream } from '../../../shared/random/random';
import { sampleSize } from '../statistics';
import { columnsOf, listed, PART_NAMES, type Check, type HeldColumn } from './check';

/** Rows of few numbers come near each other by chance. */
const FEWEST_VALUES = 16;
/** Rows and values that are looked at within a second or two. */
const MOST_ROWS = 100_000;
const MOST_VALUES = 250_000_000;
/** Root of the mean squared difference, in standard deviations of a column. */
const NEAR = 0.02;
/** A row that varies less in itself is nearly blank, and near to every other such row. */
const LEAST_SPREAD = 0.2;
/** Random directions that rows are compared along before value by value. */
const DIRECTIONS = 4;
/** Along a random direction rows that are near differ by this with a chance of one in some hundreds. */
const WITHIN = 3 * NEAR;

/** Values in standard deviations of their column, one row after the other. */
function normalised(columns: readonly HeldColumn[], n: number, width: number): Float32Array {
  const rows = new Float32Array(n * width);
  let at = 0;
  for (const { facts, values } of columns) {
    const size = sampleSize(facts.shape);
    const scale = 1 / (facts.std ?? 1);
    for (let row = 0; row < n; row++)
      for (let i = 0; i < size; i++) rows[row * width + at + i] = Number(values[row * size + i]) * scale;
    at += size;
  }
  return rows;
}

/** Along one direction whose parts are all as large as each other. */
function projection(rows: Float32Array, width: number, random: RandomStream): Float32Array {
  const along = Float32Array.from({ length: width }, () => (random.uniform() < 0.5 ? -1 : 1) / Math.sqrt(width)); // prettier-ignore
  return Float32Array.from({ length: rows.length / width }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += along[i] * rows[row * width + i];
    return sum;
  });
}

function spreadOf(rows: Float32Array, width: number, row: number): number {
  let [sum, squares] = [0, 0];
  for (let at = row * width; at < (row + 1) * width; at++) {
    sum += rows[at];
    squares += rows[at] ** 2;
  }
  return Math.sqrt(Math.max(0, squares / width - (sum / width) ** 2));
}

function distance(rows: Float32Array, width: number, a: number, b: number): number {
  let squares = 0;
  for (let i = 0; i < width; i++) squares += (rows[a * width + i] - rows[b * width + i]) ** 2;
  return Math.sqrt(squares / width);
}

/** Each row that is near to one of an earlier part, with that one. */
function nearPairs(rows: Float32Array, width: number, parts: Uint8Array): Map<number, number> {
  const random = new RandomStream(0, 'data', 'near copies');
  const [first, ...others] = Array.from({ length: DIRECTIONS }, () => projection(rows, width, random));
  const order = Uint32Array.from(first, (_, row) => row).sort((a, b) => first[a] - first[b]);
  const isNear = (a: number, b: number) =>
    parts[a] !== parts[b] && others.every((along) => Math.abs(along[a] - along[b]) <= WITHIN);
  const found = new Map<number, number>();
  for (let i = 0; i < order.length; i++)
    for (let j = i + 1; j < order.length && first[order[j]] - first[order[i]] <= WITHIN; j++) {
      const [a, b] = [order[i], order[j]];
      if (!isNear(a, b)) continue;
      const apart = distance(rows, width, a, b);
      // Rows that are the same are told by the check of duplicates.
      if (apart === 0 || apart > NEAR || spreadOf(rows, width, a) < LEAST_SPREAD) continue;
      const [earlier, later] = parts[a] < parts[b] ? [a, b] : [b, a];
      if (!found.has(later)) found.set(later, earlier);
    }
  return found;
}

export const checkNearCopies: Check = ({ set, place }) => {
  const { facts, parts } = set;
  const columns = columnsOf(set, 'input').filter(
    ({ facts: { std, missing }, values }) => !Array.isArray(values) && std !== null && std > 0 && missing === 0, // prettier-ignore
  );
  const width = columns.reduce((sum, column) => sum + sampleSize(column.facts.shape), 0);
  if (parts === null || width < FEWEST_VALUES || facts.n > MOST_ROWS || facts.n * width > MOST_VALUES)
    return [];
  const pairs = [...nearPairs(normalised(columns, facts.n, width), width, parts)].sort(([a], [b]) => a - b);
  if (pairs.length === 0) return [];
  const [[later, earlier]] = pairs;
  const count = pairs.length === 1 ? '1 row has' : `${pairs.length.toLocaleString('en')} rows have`;
  const between = `${PART_NAMES[PARTS[parts[later]]]} and ${PART_NAMES[PARTS[parts[earlier]]]}`;
  const places = listed(pairs.map(([again, before]) => `${place(again)} is nearly as ${place(before)}`));
  const message = `${facts.source}: ${count} nearly the inputs of a row in another part (${between}): ${places}.`;
  return [{ code: 'data/leak', severity: 'warning', message }];
};
