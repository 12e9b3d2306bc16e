/**
 * Owns how learning by heart is told from noise: a validation loss counts as risen where the line through it rises beyond the
 * scatter of single epochs, by more than one or two samples can make, and to something that is worth a word.
 */
import type { RunDiagnostic } from '../protocol/run';
import { epochs, figure, isNegligible, type EpochFigures, type RunContext } from './run-figures';

/** A rise that has lasted this many epochs is no accident. */
const EPOCHS = 3;
/** A rise by less than this share of the loss is noise. */
const NOISE = 0.02;
/** So many samples of average loss could make a rise alone: with few samples one needs a larger rise. */
const CHANCE_SAMPLES = 2;
/** Normal quantile of 0.9995: a curve is looked at after each of its epochs, so more is asked for than of a single look. */
const SURE = 3.29;

/**
 * The same quantile of Student's distribution, which a slope over its standard error follows where nothing rises
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5).
 */
function leastSteepness(degreesOfFreedom: number): number {
  const z = SURE;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return terms.reduce((sum, term, power) => sum + term / degreesOfFreedom ** power, 0);
}
/** So many rises one after the other are no accident either, however crooked their line. */
const RISES = 7;
/** The curve is smoothed over stretches of this share of the epochs since its lowest. */
const SMOOTHED = 0.25;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope of the straight line through the values (least squares) over its standard error, as in a t-test of the slope. */
function steepness(values: readonly number[]): number {
  const middle = [(values.length - 1) / 2, mean(values)];
  let [xx, xy, yy] = [0, 0, 0];
  values.forEach((value, i) => {
    const [x, y] = [i - middle[0], value - middle[1]];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  });
  const besideLine = Math.max(0, yy - (xy * xy) / xx) / (values.length - 2);
  return xy / Math.sqrt(xx * besideLine);
}

const risesAlways = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > values[i - 1]);

/** Means of neighbouring stretches of `width` values, the last one at the end. */
const stretches = (values: readonly number[], width: number): number[] =>
  Array.from({ length: Math.floor(values.length / width) }, (_, i, end = values.length - i * width) =>
    mean(values.slice(end - width, end)),
  ).reverse();

/**
 * Whether a loss has risen by more than chance since its lowest epoch, which is the first of `losses`.
 * `samples`: those that each loss is the mean of.
 */
function hasRisen(losses: readonly number[], samples: number): boolean {
  if (losses.length <= EPOCHS) return false;
  const smooth = stretches(losses, Math.max(1, Math.floor(SMOOTHED * losses.length)));
  const lowest = Math.min(...smooth);
  const byChance = Math.max(NOISE, CHANCE_SAMPLES / samples) * Math.abs(lowest);
  if (smooth[smooth.length - 1] - lowest <= byChance) return false;
  const neverFalls = losses.length > RISES && risesAlways(losses);
  // The lowest was chosen for being low, and would tilt any line.
  const after = losses.slice(1);
  return neverFalls || (after.length >= EPOCHS && steepness(after) >= leastSteepness(after.length - 2));
}

export function overfit(history: readonly EpochFigures[], context: RunContext): RunDiagnostic | null {
  const known = history.flatMap(({ epoch, train, validation }) =>
    validation === undefined || validation.loss === null || train.loss === null
      ? []
      : [{ epoch, train: train.loss, validation: validation.loss, samples: validation.n }],
  );
  if (known.length === 0) return null;
  const best = known.reduce((lowest, at, i) => (at.validation < known[lowest].validation ? i : lowest), 0);
  const since = known.slice(best);
  const [from, to] = [since[0], since[since.length - 1]];
  const losses = since.map(({ validation }) => validation);
  if (!hasRisen(losses, to.samples) || to.train >= from.train) return null;
  // What is known by heart is known better than what was never seen.
  if (to.validation <= to.train) return null;
  if (isNegligible(to.validation, Math.max(known[0].validation, known[0].train, context.initialLoss ?? 0)))
    return null;
  // What is worse than untrained has learned nothing by heart.
  if (context.initialLoss !== undefined && to.train >= context.initialLoss) return null;
  const lasted = epochs(since.length - 1);
  const risen = risesAlways(losses)
    ? `has risen for ${lasted} (${figure(from.validation)} to ${figure(to.validation)})`
    : `is higher than at its lowest, ${lasted} ago (${figure(from.validation)}, now ${figure(to.validation)}),`;
  return {
    code: 'run/overfit',
    severity: 'warning',
    block: context.block,
    message: `Overfitting since epoch ${from.epoch}: validation loss ${risen} while training loss falls (${figure(from.train)} to ${figure(to.train)}).`,
    why: 'The network is learning the training samples by heart. Dropout, more data or a smaller network help; so does stopping earlier.',
    epoch: to.epoch,
  };
}
