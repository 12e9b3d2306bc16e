/** Owns what is measured when numbers are predicted. Both lists have one value for each sample; of no samples it is null. */

function meanOver(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  error: (difference: number) => number,
): number | null {
  if (actual.length === 0) return null;
  let total = 0;
  for (let i = 0; i < actual.length; i++) total += error(predicted[i] - actual[i]);
  return total / actual.length;
}

export const meanAbsoluteError = (actual: ArrayLike<number>, predicted: ArrayLike<number>): number | null =>
  meanOver(actual, predicted, Math.abs);

export const meanSquaredError = (actual: ArrayLike<number>, predicted: ArrayLike<number>): number | null =>
  meanOver(actual, predicted, (difference) => difference * difference);

/**
 * Coefficient of determination, 1 − Σ(y − ŷ)² / Σ(y − mean)²: the share of the spread that the prediction explains. Below 0
 * it is worse than always answering the mean. Null where all actual values are the same.
 */
export function r2(actual: ArrayLike<number>, predicted: ArrayLike<number>): number | null {
  const squared = meanSquaredError(actual, predicted);
  if (squared === null) return null;
  let total = 0;
  for (let i = 0; i < actual.length; i++) total += actual[i];
  const mean = total / actual.length;
  let spread = 0;
  for (let i = 0; i < actual.length; i++) spread += (actual[i] - mean) ** 2;
  return spread === 0 ? null : 1 - (squared * actual.length) / spread;
}
