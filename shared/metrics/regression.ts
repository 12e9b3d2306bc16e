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

/** Means, and mean products of what is beyond them. */
function moments(actual: ArrayLike<number>, predicted: ArrayLike<number>) {
  const n = actual.length;
  let [a, p] = [0, 0];
  for (let i = 0; i < n; i++) [a, p] = [a + actual[i] / n, p + predicted[i] / n];
  let [aa, pp, ap] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [actual[i] - a, predicted[i] - p];
    [aa, pp, ap] = [aa + (x * x) / n, pp + (y * y) / n, ap + (x * y) / n];
  }
  return { apart: a - p, aa, pp, ap };
}

/** From −1 to 1: how well a straight line goes through the points. Null where one of them is always the same. */
export function pearson(actual: ArrayLike<number>, predicted: ArrayLike<number>): number | null {
  const { aa, pp, ap } = moments(actual, predicted);
  return aa === 0 || pp === 0 ? null : ap / Math.sqrt(aa * pp);
}

/** Pearson's, lowered by every shift and stretch: 1 only where both are the same (Lin 1989). */
export function concordance(actual: ArrayLike<number>, predicted: ArrayLike<number>): number | null {
  const { apart, aa, pp, ap } = moments(actual, predicted);
  const whole = aa + pp + apart ** 2;
  return whole === 0 ? null : (2 * ap) / whole;
}
