/**
 * Owns what preparing data leaves behind (`preparation.json` in a run and beside every export): which columns were read,
 * what was fitted on the training part, and how the arrays that the network reads are put together. With it anyone can
 * prepare a new row exactly as the training rows were. Also owns the sizes of a split, because the canvas shows them
 * before anything is read.
 */
import { z } from 'zod';
import { columnRole, columnType } from './facts';

export const PREPARATION_FORMAT = 'axonry-preparation';
export const PREPARATION_VERSION = 1;

/** A column of a source as it was when the training part was measured. */
const sourceColumn = z.object({
  name: z.string(),
  role: columnRole,
  dtype: columnType,
  shape: z.array(z.number().int().positive()),
  /** The order of the class names is the meaning of the indices. */
  classes: z.array(z.string()).optional(),
  /** What an empty cell becomes: the mean of the training part, or the index of its most frequent class. */
  fill: z.number().optional(),
});
export type SourceColumnState = z.infer<typeof sourceColumn>;

const sourceState = z.object({
  block: z.string(),
  /** What a person calls it: `iris.csv`. */
  source: z.string(),
  fingerprint: z.string(),
  columns: z.array(sourceColumn),
});
export type SourceState = z.infer<typeof sourceState>;

const origin = { block: z.string(), from: z.string() };

/**
 * new = low + (old − min) / (max − min) × (high − low). One pair for a number or a picture, one pair per value for a
 * vector. Where max = min every value becomes `low`.
 */
const scaleState = z.object({
  type: z.literal('Scale'),
  ...origin,
  low: z.number(),
  high: z.number(),
  columns: z.array(z.object({ name: z.string(), min: z.array(z.number()), max: z.array(z.number()) })),
});

/** new = (old − mean) / std, counted like Scale's pairs. A std of 0 was replaced by 1. */
const standardizeState = z.object({
  type: z.literal('Standardize'),
  ...origin,
  columns: z.array(z.object({ name: z.string(), mean: z.array(z.number()), std: z.array(z.number()) })),
});

/** A class index becomes a vector with a 1 at the index. */
const oneHotState = z.object({
  type: z.literal('OneHot'),
  ...origin,
  columns: z.array(z.object({ name: z.string(), classes: z.array(z.string()) })),
});

/** A target column that holds this number in every row. */
const constantColumnState = z.object({
  type: z.literal('ConstantColumn'),
  ...origin,
  name: z.string(),
  value: z.number(),
});

const splitState = z.object({
  type: z.literal('Split'),
  ...origin,
  validation: z.number(),
  test: z.number(),
  stratified: z.boolean(),
  seed: z.number().int(),
  sizes: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
});

export const textStandardization = z.enum([
  'lower_and_strip_punctuation',
  'lower',
  'strip_punctuation',
  'none',
]);
export const textSplit = z.enum(['whitespace', 'character']);

/** A text becomes numbers of its words: 0 is padding, 1 an unknown word, 2 the first of the vocabulary. */
const textVectorizationState = z.object({
  type: z.literal('TextVectorization'),
  ...origin,
  output_sequence_length: z.number().int(),
  standardize: textStandardization,
  split: textSplit,
  columns: z.array(z.object({ name: z.string(), vocabulary: z.array(z.string()) })),
});

const stepState = z.discriminatedUnion('type', [
  scaleState,
  standardizeState,
  oneHotState,
  splitState,
  textVectorizationState,
  constantColumnState,
]);
export type StepState = z.infer<typeof stepState>;
export type ScaleState = z.infer<typeof scaleState>;
export type StandardizeState = z.infer<typeof standardizeState>;
export type OneHotState = z.infer<typeof oneHotState>;
export type TextVectorizationState = z.infer<typeof textVectorizationState>;
export type ConstantColumnState = z.infer<typeof constantColumnState>;
export type SplitState = z.infer<typeof splitState>;

const arrayState = z.object({
  /** The block whose columns are joined along the last axis, in this order. */
  dataset: z.string(),
  columns: z.array(z.string()).min(1),
  /** For an Input block: one number per sample is `[1]`. For a loss it stays `[]`. */
  inputs: z.boolean(),
  shape: z.array(z.number().int().positive()),
});
export type ArrayState = z.infer<typeof arrayState>;

export const preparationState = z.object({
  format: z.literal(PREPARATION_FORMAT),
  version: z.literal(PREPARATION_VERSION),
  sources: z.array(sourceState),
  /** In the order in which they are applied. */
  steps: z.array(stepState),
  arrays: z.array(arrayState),
});
export type PreparationState = z.infer<typeof preparationState>;

export interface PartSizes {
  train: number;
  validation: number;
  test: number;
}

/** Guards against 0.07 × 100 = 7.000000000000001, which would round up to 8. */
const roundUp = (value: number) => Math.ceil(value - 1e-9);

/**
 * How many rows each part gets. `validation` and `test` are shares of the rows in `before.train`, rounded up as
 * scikit-learn's `train_test_split` does, so that a share above 0 is at least one row; parts that exist already are
 * kept and not added to. Where there are too few rows, training gets the first one, validation the next, then test.
 */
export function splitSizes(before: PartSizes, validation: number, test: number): PartSizes {
  const n = before.train;
  const free = Math.max(0, n - 1);
  const wantedValidation = before.validation > 0 ? 0 : roundUp(validation * n);
  const wantedTest = before.test > 0 ? 0 : roundUp(test * n);
  const keptForTest = Math.min(wantedTest, 1, Math.max(0, free - 1));
  const newValidation = Math.min(wantedValidation, free - keptForTest);
  const newTest = Math.min(wantedTest, free - newValidation);
  return {
    train: n - newValidation - newTest,
    validation: before.validation + newValidation,
    test: before.test + newTest,
  };
}
