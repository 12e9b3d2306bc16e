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

/** The rate at which the smoothed loss falls fastest on its way down to the lowest; null where it never falls. */
export function suggestedRate(points: readonly RangePoint[]): number | null {
  const line = smoothed(points.filter(({ loss }) => Number.isFinite(loss)));
  if (line.length < FEWEST) return null;
  const lowest = line.reduce((best, { loss }, i) => (loss < line[best].loss ? i : best), 0);
  let [steepest, found]: [number, number | null] = [0, null];
  for (let i = 1; i < lowest; i++) {
    const [before, after] = [line[i - 1], line[i + 1]];
    const slope = (after.loss - before.loss) / Math.log(after.rate / before.rate);
    if (slope < steepest) [steepest, found] = [slope, line[i].rate];
  }
  return found;
}
