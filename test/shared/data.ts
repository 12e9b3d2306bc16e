/** What readers would find behind data blocks, for tests of the compiler. */
import type { ColumnFacts, DataFacts } from '../../shared/document/facts';

type Column = Partial<ColumnFacts> & Pick<ColumnFacts, 'name'>;

export const column = (given: Column): ColumnFacts => ({
  role: 'input', dtype: 'float32', shape: [], min: -2, max: 2, mean: 0, std: 1, missing: 0, ...given,
}); // prettier-ignore

const names = (k: number) => Array.from({ length: k }, (_, i) => String(i));

export const classes = (k: number, given: Partial<ColumnFacts> = {}): ColumnFacts =>
  column({
    name: 'class', role: 'target', dtype: 'int32', encoding: 'index', classes: names(k), classCounts: names(k).map(() => 100),
    min: 0, max: k - 1, mean: (k - 1) / 2, std: 1, ...given,
  }); // prettier-ignore

export const oneHotClasses = (k: number): ColumnFacts =>
  classes(k, { dtype: 'float32', shape: [k], encoding: 'one-hot', min: 0, max: 1, mean: 1 / k, std: 0.3 });

export const target = (given: Partial<ColumnFacts> = {}): ColumnFacts =>
  column({ name: 'price', role: 'target', ...given });

export const pixels = (shape: number[], given: Partial<ColumnFacts> = {}): ColumnFacts =>
  column({ name: 'image', dtype: 'float32', shape, min: 0, max: 1, mean: 0.13, std: 0.31, ...given });

export const rawPixels = (shape: number[]): ColumnFacts =>
  pixels(shape, { dtype: 'uint8', max: 255, mean: 33, std: 78 });

export const features = (n: number, given: Partial<ColumnFacts> = {}): ColumnFacts[] =>
  Array.from({ length: n }, (_, i) => column({ name: `f${i}`, ...given }));

/** 10,000 samples that are split already. */
export const data = (columns: ColumnFacts[], given: Partial<DataFacts> = {}): DataFacts => ({
  source: 'Test data', n: 10_000, parts: { train: 8000, validation: 1000, test: 1000 }, columns, fingerprint: 'f', problems: [], ...given,
}); // prettier-ignore

export const unsplit = { parts: { train: 10_000, validation: 0, test: 0 } };

export const digitsData = (): DataFacts =>
  data([rawPixels([28, 28, 1]), classes(10, { name: 'digit' })], {
    source: 'Handwritten digits',
    ...unsplit,
  });
