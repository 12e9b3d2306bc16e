/** Owns what stands in the rows of a prepared table: the line of the file, then one number for each column. */
import { z } from 'zod';
import type { FileValues } from '../../file-values';
import type { Numbers } from '../../numbers';
import type { PreparedRows } from '../../row-store';

const columns = z.array(
  z.object({
    name: z.string(),
    /** Of a column of classes: the class of each number that was written, -1 where there is none. */
    classes: z.array(z.number().int()).optional(),
  }),
);
export type PreparedColumns = z.infer<typeof columns>;

/** Every `width`-th number, from `place` on. */
const pick = (rows: Numbers, width: number, place: number): Float32Array =>
  Float32Array.from({ length: rows.length / width }, (_, row) => rows[row * width + place]);

export interface PreparedTable {
  /** As numbers: those that are missing, and unknown classes, are not finite. */
  numbers: ReadonlyMap<string, FileValues>;
  /** As a data set has them: the classes are indices, -1 where they are not known. */
  values: ReadonlyMap<string, FileValues>;
  /** The line of the file of each row. */
  lines: FileValues;
}

const asIndices = (values: Numbers): Int32Array =>
  Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));

/** null where the rows hold something else. */
export function preparedTable({ values, width, about }: PreparedRows): PreparedTable | null {
  const checked = columns.safeParse(about);
  if (!checked.success || checked.data.length + 1 !== width) return null;
  const table = { numbers: new Map<string, FileValues>(), values: new Map<string, FileValues>() };
  for (const [i, { name, classes }] of checked.data.entries()) {
    const classOf = classes?.map((index) => (index < 0 ? NaN : index));
    const of = (rows: Numbers): Float32Array => {
      const written = pick(rows, width, i + 1);
      return classOf === undefined ? written : written.map((index) => classOf[index] ?? NaN);
    };
    const numbers = values.changed({ from: width, to: 1, type: 'float32', of });
    table.numbers.set(name, numbers);
    const indices = { from: 1, to: 1, type: 'int32', of: asIndices } as const;
    table.values.set(name, classes === undefined ? numbers : numbers.changed(indices));
  }
  const lineOf = (rows: Numbers): Numbers =>
    new Int32Array(rows.buffer, rows.byteOffset, rows.length).filter((_, at) => at % width === 0);
  return { ...table, lines: values.changed({ from: width, to: 1, type: 'int32', of: lineOf }) };
}
