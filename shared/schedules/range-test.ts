/**
 * Owns the learning-rate range test: the loss of a short run whose rate climbs evenly in decades, and the rate that it
 * suggests. Source: Smith, Cyclical learning rates for training neural networks (2017), section 3.3.
 */

export interface RangePoint {
  /** Of the update. */
  rate: number;
  /** Of its batch, before the update. */
  loss: number;
}

/** Share of the old mean that is kept; batches differ by chance. */
const SMOOTH = 0.9;
/** The smoothed loss at so many times its lowest has run away. */
const RUN_AWAY = 4;
/** A slope is taken over two of so many parts: single batches go up and down by chance. */
const WINDOWS = 12;
/** No judgement by fewer points. */
const FEWEST = 10;

/** The running mean, corrected for its start at 0. */
export function smoothed(points: readonly RangePoint[]): RangePoint[] {
  let mean = 0;
  return points.map(({ rate, loss }, i) => {
    mean = SMOOTH * mean + (1 - SMOOTH) * loss;
    return { rate, loss: mean / (1 - SMOOTH ** (i + 1)) };
  });
}

/** The loss has grown far beyond its lowest, or is no number: larger rates need not be tried. */
export function hasRunAway(points: readonly RangePoint[]): boolean {
  const losses = smoothed(points).map(({ loss }) => loss);
  const last = losses.at(-1);
  if (last === undefined) return false;
  if (!Number.isFinite(last)) return true;
  return losses.length >= FEWEST && last > RUN_AWAY * Math.min(...losses) && Math.min(...losses) > 0;
}

/** Slope of the losses over the logarithm of the rate, by least squares. */
function slopeOf(points: readonly RangePoint[]): number {
  const mean = (of: (point: RangePoint) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const decade = ({ rate }: RangePoint) => Math.log10(rate);
  const [x, y] = [mean(decade), mean(({ loss }) => loss)];
  const spread = mean((point) => (decade(point) - x) ** 2);
  return mean((point) => (decade(point) - x) * (point.loss - y)) / spread;
}

/** The rate around which the loss falls fastest on its way down to the lowest; null where it never falls. */
export function suggestedRate(points: readonly RangePoint[]): number | null {
  const finite = points.filter(({ loss }) => Number.isFinite(loss));
  if (finite.length < FEWEST) return null;
  const means = smoothed(finite).map(({ loss }) => loss);
  const lowest = means.indexOf(Math.min(...means));
  const around = Math.max(3, Math.round(finite.length / WINDOWS));
  let [steepest, found]: [number, number | null] = [0, null];
  for (let i = around; i + around <= lowest; i++) {
    const slope = slopeOf(finite.slice(i - around, i + around + 1));
    if (slope < steepest) [steepest, found] = [slope, finite[i].rate];
  }
  return found;
}
