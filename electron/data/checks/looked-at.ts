/** Owns which rows are looked at: all of a set that lies in memory, of others stretches that are spread evenly over it. */
import { countParts } from '../columns';
import type { DataColumn, DataSet } from '../data-set';
import { spread } from '../spread';
import { neighbours } from '../file-values';
import { newNumbers } from '../numbers';
import { sampleSize } from '../statistics';
import { isHeld, isOnDisk, typeOfNumbers, type HeldValues } from '../values';
import type { HeldColumn, Looked } from './check';

const STRETCHES = 64;
/** Of all stretches together. */
const MOST_ROWS = 20_000;
const MOST_BYTES = 64e6;

const isHeldColumn = (column: DataColumn): column is HeldColumn => isHeld(column.values);

export function lookedAt(set: DataSet, place: Looked['place']): Looked {
  const { columns, facts, parts } = set;
  if (columns.every(isHeldColumn)) return { set: { ...set, columns }, place };
  const rows = chosenRows(set);
  const chosenParts = parts && Uint8Array.from(rows, (row) => parts[row]);
  return {
    set: {
      facts: {
        ...facts,
        n: rows.length,
        parts: countParts(chosenParts, rows.length),
        source: `${facts.source}, ${rows.length.toLocaleString('en')} of its ${facts.n.toLocaleString('en')} rows`,
      },
      columns: columns.map((column) => ({ facts: column.facts, values: valuesAt(column, rows) })),
      parts: chosenParts,
    },
    place: (row) => place(rows[row]),
  };
}

function chosenRows({ facts, columns }: DataSet): Int32Array {
  const rowBytes = columns.reduce((sum, { values, facts: { shape } }) => sum + (isOnDisk(values) ? values.bytesOf(sampleSize(shape)) : 0), 0); // prettier-ignore
  const each = Math.max(1, Math.floor(Math.min(MOST_ROWS, MOST_BYTES / rowBytes, facts.n) / STRETCHES));
  const rows = new Set<number>();
  for (let i = 0; i < STRETCHES; i++) {
    const first = spread(i, STRETCHES, facts.n - each);
    for (let row = first; row < first + each; row++) rows.add(row);
  }
  return Int32Array.from(rows);
}

function valuesAt({ facts, values }: DataColumn, rows: Int32Array): HeldValues {
  if (Array.isArray(values)) return Array.from(rows, (row) => values[row]);
  const size = sampleSize(facts.shape);
  const chosen = newNumbers(typeOfNumbers(values), rows.length * size);
  for (let i = 0; i < rows.length;) {
    const count = neighbours(rows, i);
    chosen.set(values.subarray(rows[i] * size, (rows[i] + count) * size), i * size);
    i += count;
  }
  return chosen;
}
