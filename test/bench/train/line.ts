/** Owns what is said of one workload: figures of all who took part, ratios, and what was asked and not reached. */
import type { Plan } from '../../../shared/compiler/plan';
import type { Figures } from './competitor';
import type { Machine } from './worker';
import type { Workload } from './workloads';

export interface Line {
  name: string;
  unit: 'samples/s';
  /** Medians over the rounds. */
  speeds: Record<string, number | null>;
  /** Median over the rounds of ours by theirs in the same round. */
  ratios: Record<string, number | null>;
  /** The same of samples by a second of processor time. */
  cpuRatios: Record<string, number | null>;
  /** Ours by the fastest of Keras on TensorFlow, compiled by XLA and on JAX. */
  ratioBest: number | null;
  peakBytes: Record<string, number | null>;
  /** What the compiler forecasts for ours. */
  predictedBytes: number;
  firstStep: Record<string, number | null>;
  notes: Record<string, string>;
  multiplyAdds: number;
  bounds: Bounds | null;
  /** What was asked and is not so, a sentence each; empty where all is reached. */
  shortOf: string[];
}

/** Shares of our step's time that remain whatever else is saved. */
export interface Bounds {
  /** Its products, at the speed of one large product. */
  products: number;
  /** What the optimizer reads and writes, at the speed of one large sum. */
  updates: number;
}

/** What every workload is asked: times the eager step, times Keras' memory, seconds until the first step. */
const EAGER = 2;
const MEMORY = 1.1;
const FIRST_STEP = 2;

export const median = (values: readonly number[]): number | null =>
  values.length === 0 ? null : [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const ratio = (ours: readonly number[], theirs: readonly number[]): number | null =>
  median(theirs.map((speed, i) => ours[i] / speed).filter(Number.isFinite));

type Figured = Omit<Line, 'shortOf'>;

/** Of a sample. Forward once; backward twice, but only for the weights where a layer reads the input alone. */
const productOperations = ({ layers, inputs }: Plan): number => {
  const given = new Set(inputs.map(({ block }) => block));
  const times = (inbound: readonly string[]): number => (inbound.every((block) => given.has(block)) ? 2 : 3);
  return layers.reduce((sum, { multiplyAdds, inbound }) => sum + 2 * times(inbound) * multiplyAdds, 0);
};

/** Adam reads weight, gradient and two slots and writes all but the gradient, four bytes each. */
const UPDATE_BYTES = 7 * 4;

function boundsOf(speed: number | null, plan: Plan, machine: Machine | null): Bounds | null {
  if (speed === null || machine === null) return null;
  const { totals, trainers } = plan;
  const updateBytes = (UPDATE_BYTES * totals.trainableParameters) / trainers[0].batch_size;
  return {
    products: (speed * productOperations(plan)) / (machine.gflops * 1e9),
    updates: (speed * updateBytes) / (machine.gigabytes * 1e9),
  };
}

/** Who could not run is a reason, never a win. */
function shortOf({ ratios, ratioBest, peakBytes, firstStep, notes }: Figured, asked: Workload['asked'], all: readonly Figures[]): string[] {
  const absent = all.filter(({ rounds }) => rounds.length === 0).map(({ name }) => `${name} did not run: ${notes[name]}`);
  const slower = (found: number | null | undefined, wanted: number | undefined, than: string): string[] =>
    wanted === undefined || found === null || found === undefined || found >= wanted ? [] : [`${found.toFixed(2)} × ${than}, asked ${wanted}`];
  const [own, keras] = [peakBytes.ours ?? NaN, peakBytes.keras ?? NaN];
  return [
    ...absent,
    ...slower(ratioBest, asked.best, 'the best of Keras'),
    ...slower(ratios.keras, asked.keras, 'Keras as it comes'),
    ...slower(ratios.kerasSteps, asked.kerasSteps, 'Keras with 32 steps a call'),
    ...slower(ratios.tfjsNode, EAGER, 'the eager step'),
    ...(own > MEMORY * keras ? [`${(own / keras).toFixed(2)} × Keras' memory, asked ${MEMORY}`] : []),
    ...((firstStep.ours ?? 0) > FIRST_STEP ? [`the first step after ${firstStep.ours?.toFixed(1)} s, asked ${FIRST_STEP}`] : []),
  ];
} // prettier-ignore

/** The first of `all` is ours. */
export function lineOf(
  { name, asked }: Pick<Workload, 'name' | 'asked'>,
  all: readonly Figures[],
  { plan, predictedBytes, machine }: { plan: Plan; predictedBytes: number; machine: Machine | null },
): Line {
  const [ours, ...others] = all;
  const by = <T>(pick: (figures: Figures) => T, of = all) => Object.fromEntries(of.map((figures) => [figures.name, pick(figures)])) as Record<string, T>; // prettier-ignore
  const ratios = by(({ rounds }) => ratio(ours.rounds, rounds), others);
  const rivals = ['keras', 'kerasXla', 'kerasJax'].flatMap((rival) => ratios[rival] ?? []);
  const figured: Figured = {
    name,
    unit: 'samples/s',
    speeds: by(({ rounds }) => median(rounds)),
    ratios,
    cpuRatios: by(({ cpuRounds }) => ratio(ours.cpuRounds, cpuRounds), others),
    ratioBest: rivals.length === 0 ? null : Math.min(...rivals),
    peakBytes: by(({ peakBytes }) => peakBytes),
    predictedBytes,
    firstStep: by(({ firstStep }) => firstStep),
    notes: by(({ note }) => note),
    multiplyAdds: plan.totals.multiplyAdds,
    bounds: boundsOf(median(ours.rounds), plan, machine),
  };
  return { ...figured, shortOf: shortOf(figured, asked, all) };
}

const number = (value: number | null | undefined, digits = 0): string => value === null || value === undefined ? '–' : value.toFixed(digits); // prettier-ignore

const textOfOne = (
  { speeds, ratios, cpuRatios, firstStep, peakBytes, notes }: Line,
  name: string,
): string => {
  const [clock, processor] = [ratios, cpuRatios].map((of) => number(name === 'ours' ? 1 : of[name], 2).padStart(6)); // prettier-ignore
  return (
    `  ${name.padEnd(10)} ${number(speeds[name]).padStart(8)} samples/s  ours is ${clock} × by the clock, ${processor} × by processor time  ` +
    `first step ${number(firstStep[name], 2).padStart(5)} s  peak ${number((peakBytes[name] ?? NaN) / 1e6).padStart(5)} MB  ${notes[name]}`
  );
};

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const boundText = (bounds: Bounds | null): string[] =>
  bounds === null
    ? []
    : [`  bounds: ${percent(bounds.products)} of our time are its products at the speed of one large product, ${percent(bounds.updates)} the updates at the speed of the memory; without all else it would be ${(1 / (bounds.products + bounds.updates)).toFixed(2)} × as fast`]; // prettier-ignore

export const textOf = (line: Line): string[] => [
  ...Object.keys(line.speeds).map((name) => textOfOne(line, name)),
  `  forecast of our memory: ${number(line.predictedBytes / 1e6)} MB, ${number((100 * line.predictedBytes) / (line.peakBytes.ours ?? NaN) - 100)} % off`,
  ...boundText(line.bounds),
  `  ours by the best of Keras: ${number(line.ratioBest, 2)}; ${line.shortOf.length === 0 ? 'all that is asked is reached' : `not reached: ${line.shortOf.join('; ')}`}`,
];
