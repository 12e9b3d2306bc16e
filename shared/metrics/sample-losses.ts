/** Owns the loss of each single sample, by which the worst ones are found. Regularisation and class weights are left out. */

/** Keras keeps probabilities this far from 0 and 1 before it takes the logarithm. */
const EPSILON = 1e-7;

/** −log of what the true class was given: `probabilities` is `[n, width]`, `trueClasses` has one index for each sample. */
export function crossEntropies(
  probabilities: ArrayLike<number>,
  width: number,
  trueClasses: ArrayLike<number>,
): Float32Array {
  return Float32Array.from({ length: trueClasses.length }, (_, sample) => {
    const probability = probabilities[sample * width + trueClasses[sample]];
    return -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
  });
}

/** Mean over the `width` targets of a sample of the error's square or size. */
export function regressionLosses(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  width: number,
  measure: 'squared' | 'absolute',
): Float32Array {
  return Float32Array.from({ length: actual.length / width }, (_, sample) => {
    let total = 0;
    for (let i = sample * width; i < (sample + 1) * width; i++) {
      const difference = predicted[i] - actual[i];
      total += measure === 'squared' ? difference * difference : Math.abs(difference);
    }
    return total / width;
  });
}
