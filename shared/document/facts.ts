/**
 * Facts: what is known about the data behind a data block without holding the data. A reader in `electron/data/` finds
 * them, the document caches them, and the compiler is given them as plain values.
 */
import { z } from 'zod';

export const columnRole = z.enum(['input', 'target', 'weight', 'id', 'ignore']);
export type ColumnRole = z.infer<typeof columnRole>;

/** How a value is stored. `string` is free text: it can be shown, but not trained on before it is encoded. */
export const columnType = z.enum(['uint8', 'int32', 'float32', 'string']);
export type ColumnType = z.infer<typeof columnType>;

export const columnFacts = z.object({
  name: z.string(),
  role: columnRole,
  dtype: columnType,
  /** Per sample, without the batch axis: `[]` is one number, `[28, 28, 1]` a grey picture (height, width, channels). */
  shape: z.array(z.number().int().positive()),
  /** Names of the classes where the values are class indices 0…k-1 or a one-hot vector of width k. */
  classes: z.array(z.string()).optional(),
  /** Samples per class, all parts together, in the order of `classes`. */
  classCounts: z.array(z.number()).optional(),
  /** What the values of a class column look like: an index, or one-hot. Absent where `classes` is absent. */
  encoding: z.enum(['index', 'one-hot']).optional(),
  /** The rows of a class column stand class by class, as they were saved. */
  sorted: z.boolean().optional(),
  /** Numeric statistics over all values of the column; null where they are not known (text, empty column). */
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  std: z.number().nullable(),
  /** Empty cells or values that are not finite. */
  missing: z.number(),
  /** The values stay in their file and are read from there when they are needed: they take no memory. */
  onDisk: z.literal(true).optional(),
});
export type ColumnFacts = z.infer<typeof columnFacts>;

export const part = z.enum(['train', 'validation', 'test']);
export type Part = z.infer<typeof part>;
export const PARTS = part.options;

/** What a network never learned from says most of it. */
export const MOST_TELLING_FIRST: readonly Part[] = [...PARTS].reverse();

export const dataProblem = z.object({
  code: z.string().regex(/^[a-z]+\/[a-z-]+$/),
  severity: z.enum(['error', 'warning', 'hint']),
  /** A sentence that names the file, the row and the column. */
  message: z.string(),
});
export type DataProblem = z.infer<typeof dataProblem>;

export const dataFacts = z.object({
  /** What a person calls the source: `Handwritten digits`, `iris.csv`. */
  source: z.string(),
  /** Samples in all parts together. */
  n: z.number().int().nonnegative(),
  /** Samples per part. A source without parts of its own has everything in `train`. */
  parts: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  columns: z.array(columnFacts),
  /** Changes when the data change: hash of content (files) or of generator, version and parameters. */
  fingerprint: z.string(),
  problems: z.array(dataProblem),
});
export type DataFacts = z.infer<typeof dataFacts>;

/** The columns of one role, in order. */
export const columnsOfRole = (facts: DataFacts, role: ColumnRole): ColumnFacts[] =>
  facts.columns.filter((column) => column.role === role);
