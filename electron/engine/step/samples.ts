/**
 * Owns the samples as the training loop reads them: rows of flat typed arrays that become float32 batches. Bytes stay
 * bytes until a batch needs them. Knows neither where the data come from nor the network.
 */
import type { Part } from '../../../shared/document/facts';

/** Values of all samples: sample i owns `width` values from i × width on. What is used is `value × scale + offset`. */
export interface SampleColumn {
  values: Uint8Array | Int32Array | Float32Array;
  width: number;
  scale: number;
  offset: number;
}

/** Columns joined along the last axis. `shape` is of one sample, without the batch axis. */
export interface SampleTensor {
  columns: readonly SampleColumn[];
  shape: readonly number[];
}

export interface Samples {
  /** By Input block id. */
  inputs: ReadonlyMap<string, SampleTensor>;
  /** By loss block id. */
  labels: ReadonlyMap<string, SampleTensor>;
  /** Row numbers of each part, in ascending order. */
  parts: Record<Part, Int32Array>;
}

/** One column after another where each is one block of values per sample; interleaved along the last axis otherwise. */
export function gatherRows({ columns, shape }: SampleTensor, rows: Int32Array): Float32Array {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const batch = new Float32Array(rows.length * size);
  if (columns.length === 1) gatherColumn(columns[0], rows, batch);
  else gatherJoined(columns, size / (shape[shape.length - 1] ?? 1), rows, batch, size);
  return batch;
}

function gatherColumn({ values, width, scale, offset }: SampleColumn, rows: Int32Array, batch: Float32Array): void {
  const asStored = scale === 1 && offset === 0;
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * width;
    const to = i * width;
    if (asStored) batch.set(values.subarray(from, from + width), to);
    else for (let j = 0; j < width; j++) batch[to + j] = values[from + j] * scale + offset;
  }
}

/** `outer`: values of a sample before its last axis; 1 for rows of a table. */
function gatherJoined(columns: readonly SampleColumn[], outer: number, rows: Int32Array, batch: Float32Array, size: number): void {
  let at = 0;
  for (const { values, width, scale, offset } of columns) {
    const inner = width / outer;
    for (let i = 0; i < rows.length; i++) {
      for (let o = 0; o < outer; o++) {
        const from = rows[i] * width + o * inner;
        const to = i * size + o * (size / outer) + at;
        for (let j = 0; j < inner; j++) batch[to + j] = values[from + j] * scale + offset;
      }
    }
    at += inner;
  }
}
