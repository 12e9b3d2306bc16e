/** Small data sets and steps for the tests of preparation. */
import type { DatasetStep } from '../../shared/compiler/plan';
import type { Json } from '../../shared/document/document';
import { classColumn, makeDataSet, numberColumn } from '../../electron/data/columns';
import type { DataColumn, DataSet } from '../../electron/data/data-set';
import type { ArrayUse } from '../../electron/data/preparation/arrays';

export const dataSetOf = (columns: DataColumn[], n: number, parts: number[] | null = null): DataSet =>
  makeDataSet({
    source: 'made.csv',
    n,
    fingerprint: 'made',
    columns,
    parts: parts && Uint8Array.from(parts),
  });

export const numbers = (
  name: string,
  values: readonly number[],
  role: 'input' | 'target' = 'input',
): DataColumn => numberColumn({ name, role }, Float32Array.from(values));
export const classes = (
  name: string,
  indices: readonly number[],
  names: string[],
  role: 'input' | 'target' = 'target',
): DataColumn => classColumn({ name, role }, Int32Array.from(indices), names);
export const pictures = (name: string, shape: number[], values: readonly number[]): DataColumn =>
  numberColumn({ name, role: 'input', shape }, Uint8Array.from(values));

export const source = (block = 'source'): DatasetStep => ({
  block,
  type: 'CSVTable',
  reader: 'csv',
  params: {},
  from: null,
});
/** The step `type` as the block `block`, after `from`. */
export const step = (
  type: string,
  block: string,
  from: string,
  params: Record<string, Json> = {},
): DatasetStep => ({ block, type, params, from });
export const use = (dataset: string, columns: string[], inputs = true): ArrayUse => ({
  dataset,
  columns,
  inputs,
});
