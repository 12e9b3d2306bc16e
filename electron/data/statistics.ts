/** Owns the figures of a column: least, greatest, mean, population standard deviation, missing values, class counts. */
import { partIndex } from './data-set';
import { stretches, typeOfNumbers, type NumberValues } from './values';
import { finished, type Work } from './work';

export interface Statistics {
  /** null where the column holds no finite value. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Population standard deviation (divides by n), as NumPy's `std` and scikit-learn's `StandardScaler`. */
  std: number | null;
  /** Values that are not finite. */
  missing: number;
}

export const noStatistics = (missing: number): Statistics => ({
  min: null,
  max: null,
  mean: null,
  std: null,
  missing,
});

/** Values per sample. */
export const sampleSize = (shape: readonly number[]): number =>
  shape.reduce((product, axis) => product * axis, 1);

interface Request {
  /** Values per row. */
  size: number;
  /** Only rows of the training part count; null counts all rows. */
  parts?: Uint8Array | null;
  /** One result per position in the row instead of one for all positions. */
  perValue?: boolean;
}

/** One result, or one for each position of a row. */
export const statisticsOf = (values: NumberValues, request: Request): Statistics[] =>
  finished(measuring(values, request));

export const measuring = (values: NumberValues, request: Request): Work<Statistics[]> =>
  typeOfNumbers(values) === 'uint8' && !request.perValue
    ? measureBytes(values, request)
    : measureNumbers(values, request);

/** How often each byte occurs says everything, in one pass and without rounding. */
function* measureBytes(values: NumberValues, { size, parts = null }: Request): Work<Statistics[]> {
  const counts = new Float64Array(256);
  for (const { row, values: bytes } of stretches(values, size)) {
    for (let at = 0, of = row; at < bytes.length; at += size, of++) {
      if (parts !== null && parts[of] !== partIndex.train) continue;
      for (let i = at; i < at + size; i++) counts[bytes[i]] += 1;
    }
    yield (row + bytes.length / size) / (values.length / size);
  }
  const present = [...counts.keys()].filter((byte) => counts[byte] > 0);
  if (present.length === 0) return [noStatistics(0)];
  const mean = present.reduce((sum, byte) => sum + byte * counts[byte], 0) / sumOf(counts);
  const squares = present.reduce((sum, byte) => sum + (byte - mean) ** 2 * counts[byte], 0);
  const [min, max] = [present[0], present[present.length - 1]];
  return [{ min, max, mean, std: Math.sqrt(squares / sumOf(counts)), missing: 0 }];
}

const sumOf = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);

/** Two passes, so that the spread of values far from zero is not lost in rounding. */
function* measureNumbers(
  values: NumberValues,
  { size, parts = null, perValue = false }: Request,
): Work<Statistics[]> {
  const width = perValue ? size : 1;
  const step = perValue ? 1 : 0;
  const rows = values.length / size;
  const count = new Float64Array(width);
  const missing = new Float64Array(width);
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  const min = new Float64Array(width).fill(Infinity);
  const max = new Float64Array(width).fill(-Infinity);
  for (const { row, values: some } of stretches(values, size)) {
    for (let from = 0, of = row; from < some.length; from += size, of++) {
      if (parts !== null && parts[of] !== partIndex.train) continue;
      for (let at = from, slot = 0; at < from + size; at++, slot += step) {
        const value = some[at];
        if (!Number.isFinite(value)) {
          missing[slot] += 1;
          continue;
        }
        count[slot] += 1;
        sum[slot] += value;
        if (value < min[slot]) min[slot] = value;
        if (value > max[slot]) max[slot] = value;
      }
    }
    yield (row + some.length / size) / rows / 2;
  }
  const mean = sum.map((total, slot) => total / count[slot]);
  for (const { row, values: some } of stretches(values, size)) {
    for (let from = 0, of = row; from < some.length; from += size, of++) {
      if (parts !== null && parts[of] !== partIndex.train) continue;
      for (let at = from, slot = 0; at < from + size; at++, slot += step) {
        const difference = some[at] - mean[slot];
        if (Number.isFinite(difference)) squares[slot] += difference * difference;
      }
    }
    yield (1 + (row + some.length / size) / rows) / 2;
  }
  return Array.from({ length: width }, (_, slot) =>
    count[slot] === 0
      ? noStatistics(missing[slot])
      : {
          min: min[slot],
          max: max[slot],
          mean: mean[slot],
          std: Math.sqrt(squares[slot] / count[slot]),
          missing: missing[slot],
        },
  );
}

/** Samples per class of a column of indices; -1 (no class known) counts nowhere. */
export function countClasses(indices: Int32Array | Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of indices) if (index >= 0 && index < classes) counts[index] += 1;
  return counts;
}
