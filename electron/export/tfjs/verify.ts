/** Owns the proof of an export: the folder is read back as a plain LayersModel and must predict what the run predicts. */
import type { Tensor } from '@tensorflow/tfjs';
import { fail, ok, type Result } from '../../../shared/result';
import { tf } from '../../engine/tensorflow';
import { folderReader } from './folder';

/** Beyond this share of the largest prediction it is not rounding any more. */
const TOLERANCE = 1e-4;

/** `inputs` in the order of the model's, `[n, ...]`; `expected` what each output must be, row-major. The largest |difference|. */
export async function verifyTfjs(folder: string, inputs: Tensor[], expected: Float32Array[]): Promise<Result<number>> {
  const model = await tf.loadLayersModel(folderReader(folder));
  const predicted = model.predict(inputs);
  const outputs = Array.isArray(predicted) ? predicted : [predicted];
  let largest = 0;
  let scale = 1;
  for (const [i, output] of outputs.entries()) {
    const values = output.dataSync();
    for (const [at, value] of expected[i].entries()) {
      const difference = Math.abs(value - values[at]);
      // A comparison with NaN is always false, so it is asked for by name.
      largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
      scale = Math.max(scale, Math.abs(value));
    }
  }
  tf.dispose(outputs);
  model.dispose();
  return largest <= TOLERANCE * scale
    ? ok(largest)
    : fail('export/differs', `The model in ${folder} predicts something else than the run (difference ${largest}). Do not use it, and report this.`);
}
