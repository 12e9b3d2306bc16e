/** Owns the form of a data set that was read: flat values by column. Knows no TensorFlow and no file format. */
import type { ColumnFacts, DataFacts, Part } from '../../shared/document/facts';
import type { NumberValues } from './values';

export type ColumnValues = NumberValues | string[];

export interface DataColumn {
  facts: ColumnFacts;
  /** Row-major: sample i owns the values from i × size to (i + 1) × size, size = product of `facts.shape`. */
  values: ColumnValues;
}

export interface DataSet {
  facts: DataFacts;
  columns: DataColumn[];
  /** The part of each row, as an index into PARTS; null where the source has no parts of its own (all `train`). */
  parts: Uint8Array | null;
  /** The line of each row in its file, counted from 1; absent where rows are no lines of a file. */
  lines?: NumberValues;
}

export const partIndex: Record<Part, number> = { train: 0, validation: 1, test: 2 };
