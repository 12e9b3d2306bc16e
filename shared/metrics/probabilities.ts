/** Owns the way from what a network puts out to probabilities and a predicted class. Rows are samples, row-major. */
import type { PlanLoss } from '../compiler/plan';

/** Index of the largest value among `width` values from `start`; the first of equal ones. */
export function argmax(values: ArrayLike<number>, start = 0, width = values.length - start): number {
  let best = 0;
  for (let i = 1; i < width; i++) if (values[start + i] > values[start + best]) best = i;
  return best;
}

/** The predicted class of each row of `width` values. */
export function argmaxRows(values: ArrayLike<number>, width: number): Int32Array {
  const classes = new Int32Array(values.length / width);
  for (let row = 0; row < classes.length; row++) classes[row] = argmax(values, row * width, width);
  return classes;
}

export const sigmoid = (logit: number): number =>
  logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));

/** Softmax of each row of `width` logits; the largest is subtracted first, so that nothing overflows. */
export function softmaxRows(logits: ArrayLike<number>, width: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += width) {
    const largest = logits[start + argmax(logits, start, width)];
    let total = 0;
    for (let i = start; i < start + width; i++) total += probabilities[i] = Math.exp(logits[i] - largest);
    for (let i = start; i < start + width; i++) probabilities[i] /= total;
  }
  return probabilities;
}

/** [1 − p, p] for each sample, where p is what a single output says of the class 1. */
function twoClasses(outputs: ArrayLike<number>, areLogits: boolean): Float32Array {
  const probabilities = new Float32Array(outputs.length * 2);
  for (let i = 0; i < outputs.length; i++) {
    const positive = areLogits ? sigmoid(outputs[i]) : outputs[i];
    probabilities[2 * i] = 1 - positive;
    probabilities[2 * i + 1] = positive;
  }
  return probabilities;
}

/**
 * What the outputs say of each class, `[n, classes]`, whether the loss reads probabilities, logits or scores. A single output is
 * the probability of the second of two classes; several outputs that were trained as yes/no each are taken one by one.
 */
export function classProbabilities(
  outputs: Float32Array,
  width: number,
  { task, predictionMeans }: Pick<PlanLoss, 'task' | 'predictionMeans'>,
): Float32Array {
  const areLogits = predictionMeans !== 'probabilities';
  if (width === 1) return twoClasses(outputs, areLogits);
  if (!areLogits) return outputs;
  return task === 'binary' ? outputs.map(sigmoid) : softmaxRows(outputs, width);
}
