/** Turns a ledger into the points of a chart: at most POINTS buckets, with the least and the greatest value of each. */
import { roundStep, roundTicks } from '../ui/ticks';
import { bestEpoch, epochsDone, hasLongEpochs, keptWeights, type Epoch, type Ledger } from './ledger';

/** More than this a screen cannot show and Recharts cannot draw five times a second. */
export const POINTS = 160;

export interface CurvePoint {
  /** Position in epochs. */
  x: number;
  train?: number;
  /** Least and greatest training value of the bucket: spikes survive. */
  band?: [number, number];
  validation?: number;
}

interface Sample {
  x: number;
  mean: number;
  min: number;
  max: number;
  /** That the mean is over. */
  steps: number;
}

/** Fewer steps than this share of what is told at once are no point of their own. */
const FEW = 1 / 8;

const joined = (a: Sample, b: Sample): Sample => ({
  x: b.x,
  mean: (a.mean * a.steps + b.mean * b.steps) / (a.steps + b.steps),
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  steps: a.steps + b.steps,
});

/** A person may let single steps through: the loss of one batch beside means of many would be a leap that nothing made. */
function joinFew(samples: readonly Sample[]): Sample[] {
  const least = FEW * samples.reduce((most, { steps }) => Math.max(most, steps), 1);
  const points: Sample[] = [];
  let rest: Sample | null = null;
  for (const sample of samples) {
    const point: Sample = rest ? joined(rest, sample) : sample;
    rest = point.steps < least ? point : null;
    if (rest === null) points.push(point);
  }
  const last = points.pop();
  if (last) points.push(rest ? joined(last, rest) : last);
  return points;
}

function bucket(samples: readonly Sample[]): CurvePoint[] {
  const size = Math.max(1, Math.ceil(samples.length / POINTS));
  const points: CurvePoint[] = [];
  for (let start = 0; start < samples.length; start += size) {
    const group = samples.slice(start, start + size);
    points.push({
      x: group[group.length - 1].x,
      train: group.reduce((sum, sample) => sum + sample.mean, 0) / group.length,
      band: [Math.min(...group.map((sample) => sample.min)), Math.max(...group.map((sample) => sample.max))],
    });
  }
  return points;
}

const finite = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const valuesOf = (points: readonly CurvePoint[]): number[] =>
  points.flatMap((point) => [point.train, point.validation, ...(point.band ?? [])]).filter(finite);

function trainSamples(ledger: Ledger, metric: string): Sample[] {
  return ledger.progress.flatMap((event, i): Sample[] => {
    const x = epochsDone(ledger, event);
    const steps = Math.max(1, event.step - (ledger.progress[i - 1]?.step ?? 0));
    if (metric === 'loss')
      return finite(event.loss)
        ? [{ x, mean: event.loss, min: event.lossMin, max: event.lossMax, steps }]
        : [];
    const value = event.metrics[metric];
    return finite(value) ? [{ x, mean: value, min: value, max: value, steps }] : [];
  });
}

/** Epochs that a curve goes through: of many only some, and always the best, the one that is kept and the last. */
function drawnEpochs(ledger: Ledger): Epoch[] {
  const { epochs } = ledger;
  const every = Math.ceil(epochs.length / POINTS);
  const always = [bestEpoch(ledger)?.epoch, keptWeights(ledger)?.epoch, epochs.at(-1)?.epoch];
  return epochs.filter(({ epoch }, i) => i % every === 0 || always.includes(epoch));
}

/** Points in order of x. An epoch's figures stand at its end. */
export function curvePoints(ledger: Ledger, metric: string): CurvePoint[] {
  const samples = trainSamples(ledger, metric);
  const isLive = hasLongEpochs(ledger);
  const live = isLive ? bucket(joinFew(samples)) : [];
  const epochs = drawnEpochs(ledger).map((epoch): CurvePoint => {
    const train = epoch.train[metric];
    const validation = epoch.validation?.[metric];
    return {
      x: epoch.epoch,
      ...(!isLive && finite(train) ? { train } : {}),
      ...(finite(validation) ? { validation } : {}),
    };
  });
  return [...live, ...epochs].sort((a, b) => a.x - b.x);
}

/** Round ticks around the values, and no further than `most`. */
export function evenTicks(points: readonly CurvePoint[], most = Infinity): number[] {
  const values = valuesOf(points);
  if (values.length === 0) return [0, 1];
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const step = roundStep(Math.max((greatest - least) / 5, Math.abs(greatest) * 1e-3, 1e-9));
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(greatest / step) * step);
  return roundTicks(low, low < most ? Math.min(most, high) : high, 6);
}

/** These parts of every decade, from below `least` to above `greatest`. */
function decadeTicks(parts: readonly number[], least: number, greatest: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(greatest)); power++)
    ticks.push(...parts.map((part) => Number((part * 10 ** power).toPrecision(3))));
  const first = ticks.filter((tick) => tick <= least).length - 1;
  const last = ticks.findIndex((tick) => tick >= greatest);
  return ticks.slice(Math.max(0, first), last < 0 ? undefined : last + 1);
}

/** Fewer lines than this tell nothing of how far a curve has come. */
const FEWEST_TICKS = 4;

/** 1, 3, 10, 30 … around the values, closer where they lie close, for a logarithmic axis; null where a value is not positive. */
export function logTicks(points: readonly CurvePoint[]): number[] | null {
  const values = valuesOf(points);
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  if (values.length === 0 || least <= 0) return null;
  const ticks = decadeTicks([1, 3], least, greatest);
  return ticks.length >= FEWEST_TICKS ? ticks : decadeTicks([1, 2, 3, 4, 5, 6, 8], least, greatest);
}

/** So many epochs are always shown to their end: how far a run has come is seen at once. */
const FEW_EPOCHS = 50;
/** From this share of a long run on, its curve is more than a line at the left edge. */
const SHARE_THAT_SHOWS = 0.1;

/** Where the axis of epochs ends: with the run, or at a round number while only little of a long one is over. */
export function lastEpochShown(done: number, epochs: number): number {
  if (epochs <= FEW_EPOCHS || done >= SHARE_THAT_SHOWS * epochs) return epochs;
  return Math.min(epochs, roundStep(Math.max(10, 2 * done)));
}
