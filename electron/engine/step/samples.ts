/**
 * Owns the samples as the training loop reads them: rows of flat typed arrays that become float32 batches. Bytes stay
 * bytes until a batch needs them. Knows neither where the data come from nor the network.
 */
import type { Part } from '../../../shared/document/facts';
import type { NumberValues } from '../../data/values';

export interface SampleArray {
  /** Row-major: sample i owns the values from i × size on. What is used is `value × scale + offset`. */
  values: NumberValues;
  /** Of one sample, without the batch axis. */
  shape: readonly number[];
  scale: number;
  offset: number;
}

export interface Samples {
  /** By Input block id. */
  inputs: ReadonlyMap<string, SampleArray>;
  /** By loss block id. */
  labels: ReadonlyMap<string, SampleArray>;
  /** By loss block: how much each sample counts, or each place of it. Losses without such a column are absent. */
  weights?: ReadonlyMap<string, SampleArray>;
  /** Row numbers of each part, in ascending order. */
  parts: Record<Part, Int32Array>;
}

/** [rows, ...shape], row-major. */
export function gatherRows({ values, shape, scale, offset }: SampleArray, rows: Int32Array): Float32Array {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const batch = new Float32Array(rows.length * size);
  const asStored = scale === 1 && offset === 0;
  for (let i = 0; i < rows.length; i++) {
    const row = values.subarray(rows[i] * size, (rows[i] + 1) * size);
    const to = i * size;
    if (asStored) batch.set(row, to);
    else for (let j = 0; j < size; j++) batch[to + j] = row[j] * scale + offset;
  }
  return batch;
}
