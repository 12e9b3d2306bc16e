/** Owns what predictions say of numbers: actual and predicted value of each sample. */
import type { PlanLoss } from '../../../shared/compiler/plan';
import type { Predictions } from '../step/evaluate';
import { gatherRows, type Samples } from '../step/samples';

export interface Regressed {
  /** Of a target with several numbers the first one. */
  actual: Float32Array;
  predicted: Float32Array;
}

const firstOfEach = (values: Float32Array, n: number): Float32Array =>
  Float32Array.from({ length: n }, (_, row) => values[(row * values.length) / n]);

export function regress(
  { block }: PlanLoss,
  samples: Samples,
  rows: Int32Array,
  { values }: Pick<Predictions, 'values'>,
): Regressed {
  const labels = samples.labels.get(block);
  if (labels === undefined) throw new Error(`there are no labels of ${block}`);
  const actual = gatherRows(labels, rows);
  return {
    actual: firstOfEach(actual, rows.length),
    predicted: firstOfEach(values, rows.length),
  };
}
