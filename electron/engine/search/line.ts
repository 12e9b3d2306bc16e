/** Owns the search along one direction for a place that is low enough. Source: Nocedal and Wright, Numerical Optimization (2006), chapter 3. */
import { dot, plus, type Measure, type Point } from './search';

/** Armijo: this share of what the slope promises must be reached. */
const ENOUGH = 1e-4;
/** Wolfe: the slope must have become this much flatter. */
const FLATTER = 0.9;
const MOST_TRIALS = 25;

export interface Line {
  from: Point;
  direction: Float64Array;
  measure: Measure;
}

interface Trial {
  step: number;
  point: Point;
  slope: number;
}

const at = ({ from, direction, measure }: Line, step: number): Trial => {
  const point = measure(plus(from.weights, direction, step));
  return { step, point, slope: dot(point.gradient, direction) };
};

const isLowEnough = ({ from, direction }: Line, { step, point }: Trial): boolean =>
  point.loss <= from.loss + ENOUGH * step * dot(from.gradient, direction);

/** Halves the step until the loss is low enough (algorithm 3.1). null: it never was. */
export function backtrack(line: Line, first: number): { step: number; point: Point } | null {
  let step = first;
  for (let i = 0; i < MOST_TRIALS; i++, step /= 2) {
    const trial = at(line, step);
    if (isLowEnough(line, trial) && trial.point.loss < line.from.loss) return trial;
  }
  return null;
}

/** The lowest place of the cubic through two values with their slopes, kept within the middle eight tenths. */
function between(a: Trial, b: Trial): number {
  const bend = a.slope + b.slope - (3 * (a.point.loss - b.point.loss)) / (a.step - b.step);
  const root = Math.sign(b.step - a.step) * Math.sqrt(Math.max(0, bend ** 2 - a.slope * b.slope));
  const cubic = b.step - ((b.step - a.step) * (b.slope + root - bend)) / (b.slope - a.slope + 2 * root);
  const [low, high] = [Math.min(a.step, b.step), Math.max(a.step, b.step)];
  const margin = 0.1 * (high - low);
  return Number.isFinite(cubic) ? Math.min(Math.max(cubic, low + margin), high - margin) : (low + high) / 2;
}

/** A place that fulfils the strong Wolfe conditions (algorithms 3.5 and 3.6), or the lowest that was seen; null: none was lower. */
export function wolfe(line: Line, first: number): { step: number; point: Point } | null {
  const start: Trial = { step: 0, point: line.from, slope: dot(line.from.gradient, line.direction) };
  const isFlat = ({ slope }: Trial): boolean => Math.abs(slope) <= -FLATTER * start.slope;
  let best: Trial = start;
  let [low, high]: [Trial, Trial | null] = [start, null];
  let step = first;
  for (let i = 0; i < MOST_TRIALS; i++) {
    const trial = at(line, step);
    if (trial.point.loss < best.point.loss) best = trial;
    const isHigh = !isLowEnough(line, trial) || trial.point.loss >= low.point.loss;
    if (!isHigh && isFlat(trial)) return trial;
    if (isHigh) high = trial;
    else {
      if (trial.slope * ((high?.step ?? Infinity) - low.step) >= 0) high = low;
      low = trial;
    }
    step = high === null ? 2 * trial.step : between(low, high);
    if (high !== null && Math.abs(high.step - low.step) < 1e-9 * Math.max(1, low.step)) break;
  }
  return best === start ? null : best;
}
