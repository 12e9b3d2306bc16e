/** Fills empty cells of inputs: with the mean of the training part, or with its most frequent class. */
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataColumn } from '../data-set';
import { partIndex } from '../data-set';
import { sampleSize, statisticsOf } from '../statistics';

/** Where two classes are equally frequent the first one wins. */
function mostFrequent(indices: Int32Array, classes: number, parts: Uint8Array): number | null {
  const counts = new Array<number>(classes).fill(0);
  indices.forEach((index, row) => {
    if (index >= 0 && parts[row] === partIndex.train) counts[index] += 1;
  });
  const most = Math.max(...counts);
  return most > 0 ? counts.indexOf(most) : null;
}

/** What an empty cell of the column becomes; null where the training part has no value at all. */
function fillOf({ facts, values }: DataColumn, parts: Uint8Array): number | null {
  if (Array.isArray(values)) return null;
  if (facts.classes && values instanceof Int32Array) return mostFrequent(values, facts.classes.length, parts);
  return statisticsOf(values, { size: sampleSize(facts.shape), parts })[0].mean;
}

/** Measures what stands in for the empty cells of a column; undefined where none is empty. */
export function measureFill(
  column: DataColumn,
  source: string,
  parts: Uint8Array,
): Result<number | undefined> {
  const { name, role, missing } = column.facts;
  if (missing === 0 || role !== 'input' || Array.isArray(column.values)) return ok(undefined);
  const fill = fillOf(column, parts);
  if (fill !== null) return ok(fill);
  return fail(
    'data/missing',
    `${source}, column ${name}: the training part holds no value, so nothing can stand in for the empty cells. Leave the column out.`,
  );
}

/** The column without empty cells. The values of the source stay as they are. */
export function filled(column: DataColumn, fill: number): DataColumn {
  const { facts, values } = column;
  if (values instanceof Int32Array)
    return { facts, values: values.map((index) => (index < 0 ? fill : index)) };
  if (values instanceof Float32Array)
    return { facts, values: values.map((value) => (Number.isFinite(value) ? value : fill)) };
  return column;
}

/** Rows whose value is missing. */
export function rowsMissing({ facts, values }: DataColumn): number[] {
  const rows: number[] = [];
  if (facts.classes && values instanceof Int32Array) {
    values.forEach((index, row) => {
      if (index < 0) rows.push(row);
    });
  } else if (values instanceof Float32Array) {
    const size = sampleSize(facts.shape);
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) rows.push(Math.floor(i / size));
  }
  return rows;
}

/** “row 3, 7 and 12 more”, counted from 1 among the rows that were read. */
export function rowsText(rows: readonly number[]): string {
  const shown = rows
    .slice(0, 5)
    .map((row) => row + 1)
    .join(', ');
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''}`;
}
