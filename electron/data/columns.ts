/** Makes columns and data sets from decoded values, with complete facts. Knows no file format. */
import type { ColumnRole, DataProblem } from '../../shared/document/facts';
import { PARTS } from '../../shared/document/facts';
import type { DataColumn, DataSet } from './data-set';
import { countClasses, noStatistics, sampleSize, statisticsOf, type Statistics } from './statistics';
import { isOnDisk, typeOfNumbers, type NumberValues } from './values';

interface ColumnDescription {
  name: string;
  role: ColumnRole;
  shape?: readonly number[];
}

export function numberColumn(
  { name, role, shape = [] }: ColumnDescription,
  values: NumberValues,
  [statistics] = statisticsOf(values, { size: sampleSize(shape) }),
): DataColumn {
  const onDisk = isOnDisk(values) ? { onDisk: true as const } : {};
  const dtype = typeOfNumbers(values);
  return { facts: { name, role, dtype, shape: [...shape], ...statistics, ...onDisk }, values };
}

/** What is counted of a column of class indices. */
export interface ClassCounts {
  classes: readonly string[];
  counts: readonly number[];
  /** Rows whose class is not known. */
  unknown: number;
  /** How often a row has another class than the one before it. */
  changes: number;
}

/** Rows class by class, and more than a row or two of each. */
function isSorted({ counts, unknown, changes }: ClassCounts): boolean {
  const different = counts.filter((count) => count > 0).length + (unknown > 0 ? 1 : 0);
  const n = counts.reduce((sum, count) => sum + count, unknown);
  return different > 1 && changes === different - 1 && n >= 3 * different;
}

/** `values` point into the classes; -1 is a sample whose class is not known. `statistics`: of the known ones. */
export function countedClassColumn(
  { name, role }: Omit<ColumnDescription, 'shape'>,
  values: NumberValues,
  found: ClassCounts,
  statistics: Statistics,
): DataColumn {
  return {
    facts: {
      name,
      role,
      dtype: 'int32',
      shape: [],
      classes: [...found.classes],
      classCounts: [...found.counts],
      encoding: 'index',
      ...(isSorted(found) ? { sorted: true } : {}),
      ...statistics,
      missing: found.unknown,
      ...(isOnDisk(values) ? { onDisk: true } : {}),
    },
    values,
  };
}

/** `indices` point into `classes`; -1 is a sample whose class is not known. */
export function classColumn(
  description: Omit<ColumnDescription, 'shape'>,
  indices: Int32Array,
  classes: readonly string[],
): DataColumn {
  const known = indices.filter((index) => index >= 0);
  const [statistics] = statisticsOf(known, { size: 1 });
  const changes = indices.reduce(
    (count, index, row) => count + (row > 0 && index !== indices[row - 1] ? 1 : 0),
    0,
  );
  const counts = countClasses(indices, classes.length);
  const unknown = indices.length - known.length;
  return countedClassColumn(description, indices, { classes, counts, unknown, changes }, statistics);
}

export function textColumn(
  { name, role }: Omit<ColumnDescription, 'shape'>,
  values: string[],
  missing: number,
): DataColumn {
  return { facts: { name, role, dtype: 'string', shape: [], ...noStatistics(missing) }, values };
}

interface DataSetDescription {
  source: string;
  n: number;
  fingerprint: string;
  columns: DataColumn[];
  parts?: Uint8Array | null;
  problems?: DataProblem[];
  lines?: Int32Array;
}

export function makeDataSet({
  source,
  n,
  fingerprint,
  columns,
  parts = null,
  problems = [],
  lines,
}: DataSetDescription): DataSet {
  return {
    facts: {
      source,
      n,
      parts: countParts(parts, n),
      columns: columns.map((column) => column.facts),
      fingerprint,
      problems,
    },
    columns,
    parts,
    lines,
  };
}

export function countParts(
  parts: Uint8Array | null,
  n: number,
): { train: number; validation: number; test: number } {
  const counts = { train: 0, validation: 0, test: 0 };
  if (parts === null) counts.train = n;
  else for (const index of parts) counts[PARTS[index]] += 1;
  return counts;
}
