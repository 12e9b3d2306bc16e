/** Owns what is drawn of predicted against actual: a number of points that a screen can show, and the range of both axes. */
import { meanAbsoluteError, meanSquaredError, r2 } from '../../shared/metrics/regression';
import type { RegressionPoint } from '../../shared/protocol/evaluation';
import { roundStep } from '../ui/ticks';

/** More than this Recharts cannot draw at once without a noticeable wait. */
export const MOST_POINTS = 2000;

/** Evenly taken from all, and every one of `always`: what the table lists can be found in the picture. */
export function drawnPoints(
  points: readonly RegressionPoint[],
  always: readonly RegressionPoint[],
  most = MOST_POINTS,
): RegressionPoint[] {
  const room = Math.max(0, most - always.length);
  const listed = new Set(always.map((point) => point.index));
  const others = points.filter((point) => !listed.has(point.index));
  const step = Math.max(1, others.length / Math.max(1, room));
  const taken = Array.from({ length: Math.min(room, others.length) }, (_, i) => others[Math.floor(i * step)]);
  return [...taken, ...always.map(({ index, actual, predicted }) => ({ index, actual, predicted }))];
}

/** Round ticks that hold actual and predicted values alike, so that the diagonal is a diagonal. */
export function sharedTicks(points: readonly RegressionPoint[], wanted = 8): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const { actual, predicted } of points) {
    low = Math.min(low, actual, predicted);
    high = Math.max(high, actual, predicted);
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const step = roundStep(Math.max((high - low) / wanted, Math.abs(high) * 1e-6, 1e-9));
  const first = Math.floor(low / step);
  const count = Math.max(1, Math.ceil(high / step) - first);
  return Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export interface NumberFigures {
  mae: number | null;
  rmse: number | null;
  r2: number | null;
  /** How many rows they were measured on. */
  n: number;
}

export function numberFigures(points: readonly RegressionPoint[]): NumberFigures {
  const actual = points.map((point) => point.actual);
  const predicted = points.map((point) => point.predicted);
  const squared = meanSquaredError(actual, predicted);
  return {
    mae: meanAbsoluteError(actual, predicted),
    rmse: squared === null ? null : Math.sqrt(squared),
    r2: r2(actual, predicted),
    n: points.length,
  };
}
