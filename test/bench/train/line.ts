/** Owns what is said of one workload: figures of all who took part, ratios, and what was asked and not reached. */
import type { Figures } from './competitor';
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
  /** What the products of the step alone would take at the speed of one large product, as a share of the step's time. */
  productShare: number | null;
  /** What was asked and is not so, a sentence each; empty where all is reached. */
  shortOf: string[];
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

/** Forward once, backward twice; a multiplication and an addition each. */
const productShare = (speed: number | null, multiplyAdds: number, gflops: number | null): number | null =>
  speed === null || gflops === null ? null : (speed * multiplyAdds * 6) / (gflops * 1e9);

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
  {
    multiplyAdds,
    predictedBytes,
    gflops,
  }: { multiplyAdds: number; predictedBytes: number; gflops: number | null },
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
    multiplyAdds,
    productShare: productShare(median(ours.rounds), multiplyAdds, gflops),
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

export const textOf = (line: Line): string[] => [
  ...Object.keys(line.speeds).map((name) => textOfOne(line, name)),
  `  forecast of our memory: ${number(line.predictedBytes / 1e6)} MB, ${number((100 * line.predictedBytes) / (line.peakBytes.ours ?? NaN) - 100)} % off`,
  `  its products alone would take ${number(100 * (line.productShare ?? NaN))} % of the time at the speed of one large product`,
  `  ours by the best of Keras: ${number(line.ratioBest, 2)}; ${line.shortOf.length === 0 ? 'all that is asked is reached' : `not reached: ${line.shortOf.join('; ')}`}`,
];
