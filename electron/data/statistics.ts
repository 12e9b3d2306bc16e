/** Owns the figures of a column: least, greatest, mean, population standard deviation, missing values, class counts. */
import { partIndex } from './data-set';

export type NumericValues = Uint8Array | Int32Array | Float32Array | Float64Array;

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

/** Two passes, so that the spread of values far from zero is not lost in rounding. */
export function statisticsOf(
  values: NumericValues,
  { size, parts = null, perValue = false }: Request,
): Statistics[] {
  const width = perValue ? size : 1;
  const step = perValue ? 1 : 0;
  const rows = size === 0 ? 0 : values.length / size;
  const count = new Float64Array(width);
  const missing = new Float64Array(width);
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  const min = new Float64Array(width).fill(Infinity);
  const max = new Float64Array(width).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    if (parts !== null && parts[row] !== partIndex.train) continue;
    for (let at = row * size, end = at + size, slot = 0; at < end; at++, slot += step) {
      const value = values[at];
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
  const mean = sum.map((total, slot) => total / count[slot]);
  for (let row = 0; row < rows; row++) {
    if (parts !== null && parts[row] !== partIndex.train) continue;
    for (let at = row * size, end = at + size, slot = 0; at < end; at++, slot += step) {
      const difference = values[at] - mean[slot];
      if (Number.isFinite(difference)) squares[slot] += difference * difference;
    }
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
