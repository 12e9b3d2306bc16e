/** Owns the proof of an export: the folder is read back as a plain LayersModel and must predict what the run predicts. */
import type { Tensor } from '@tensorflow/tfjs';
import { fail, ok, type Result } from '../../../shared/result';
import { tf } from '../../engine/tensorflow';
import { folderReader } from './folder';

/** Beyond this share of the largest prediction it is not rounding any more. */
const TOLERANCE = 1e-4;

/** What the model must predict. */
export interface Expectation {
  /** In the order of the model's inputs, `[n, ...]`. */
  inputs: { shape: readonly number[]; values: Float32Array }[];
  /** For each output of the model, row-major. */
  outputs: Float32Array[];
}

/** Infinite where one of them is not a number. */
function largestDifference(expected: Float32Array, values: ArrayLike<number>): number {
  let largest = expected.length === values.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(expected[i] - values[i]);
    if (Number.isNaN(difference)) return Infinity;
    if (difference > largest) largest = difference;
  }
  return largest;
}

/** The largest |difference|, or `export/differs`. */
export async function verifyTfjs(folder: string, { inputs, outputs }: Expectation): Promise<Result<number>> {
  const model = await tf.loadLayersModel(folderReader(folder));
  try {
    const predicted = tf.tidy(() => {
      const answer = model.predict(inputs.map(({ shape, values }) => tf.tensor(values, [...shape])));
      return (Array.isArray(answer) ? answer : [answer]).map((output: Tensor) => output.dataSync());
    });
    const difference = Math.max(...outputs.map((expected, i) => largestDifference(expected, predicted[i])));
    const size = Math.max(
      1,
      ...outputs.map((values) => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)),
    );
    return difference <= TOLERANCE * size
      ? ok(difference)
      : fail(
          'export/differs',
          `Read back by TensorFlow.js, the model predicts something else than the run (difference ${difference}). Nothing was written; report this.`,
        );
  } finally {
    model.dispose();
  }
}
