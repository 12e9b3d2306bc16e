/**
 * Owns the two forms in which the numbers of a column are held: in memory, or in the files that they came with, from which
 * rows are read when they are asked for. Both are asked alike: `length`, and `subarray` for the values of some rows.
 */
import { FileValues } from './file-values';
import { typeOfArray, type Numbers, type NumberType } from './numbers';

export type NumberValues = Numbers | FileValues;

/** A stretch is read in a moment, and is large enough for a disk that has to turn. */
const STRETCH_BYTES = 8e6;

/** What lies in memory. */
export type HeldValues = Numbers | string[];

export const isOnDisk = (values: NumberValues | string[]): values is FileValues =>
  values instanceof FileValues;

export const isHeld = (values: NumberValues | string[]): values is HeldValues => !isOnDisk(values);

export const typeOfNumbers = (values: NumberValues): NumberType =>
  isOnDisk(values) ? values.type : typeOfArray(values);

/** All of them: for columns of few numbers a row. */
export const inMemory = (values: NumberValues): Numbers =>
  isOnDisk(values) ? values.subarray(0, values.length) : values;

export const bytesInMemory = (values: NumberValues): number => (isOnDisk(values) ? 0 : values.byteLength);

export interface Stretch {
  /** Its first row. */
  row: number;
  /** Of whole rows. */
  values: Numbers;
}

/** All rows in their order: those in memory at once, those on the disk piece by piece. `size`: values in a row. */
export function* stretches(values: NumberValues, size: number): Generator<Stretch> {
  if (!isOnDisk(values)) {
    yield { row: 0, values };
    return;
  }
  const rows = Math.max(1, Math.floor(STRETCH_BYTES / values.bytesOf(size)));
  for (let row = 0; row * size < values.length; row += rows)
    yield { row, values: values.subarray(row * size, Math.min(values.length, (row + rows) * size)) };
}
