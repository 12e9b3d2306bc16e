/** Owns how sure a share of n samples is. */

/** Standard normal quantile for 95 % (two-sided). */
const Z95 = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/**
 * 95 % interval of a share, as of an accuracy (Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 1927). It stays within 0…1 and is honest for shares near 1, where ± one standard error is not.
 */
export function wilsonInterval(successes: number, n: number): Interval | null {
  if (n === 0) return null;
  const share = successes / n;
  const z2 = Z95 * Z95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  // Rounding must not move the ends that are 0 and 1 exactly.
  return { low: successes === 0 ? 0 : centre - half, high: successes === n ? 1 : centre + half };
}
