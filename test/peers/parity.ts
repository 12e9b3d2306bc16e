/** Owns cases of the comparison with Keras: a plan with samples for a few steps. */
import type { Json } from '../../shared/document/document';
import type { Plan, PlanLoss } from '../../shared/compiler/plan';
import { RandomStream } from '../../shared/random/random';
import type { Samples } from '../../electron/engine/step/samples';
import { planOf, samplesOf, type PlanSketch } from '../engine/plans';

export const STEPS = 3;
export const BATCH = 8;

export interface Case {
  name: string;
  plan: Plan;
  samples: Samples;
  weighted?: Float32Array;
}
export interface Answer {
  /** What Keras said where it could not train the case; then there is nothing else. */
  problem?: string;
  losses: number[];
  /** With several losses: each of them at every step, without its weight. */
  parts: number[][];
  weights: Record<string, number[]>;
  predictions: number[];
  /** Of the first batch, before anything was learned. */
  forward: number[];
  gradients: Record<string, number[]>;
  /** By block: what Keras says of its output. */
  shapes: Record<string, (number | null)[]>;
  weight_shapes: Record<string, number[]>;
}

const random = new RandomStream(3, 'parity', 'samples');
const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

type Labels = { values: Float32Array | Int32Array; shape: number[] };
const drawn = (shape: number[], count: number, draw: () => number): Labels => ({
  values: Float32Array.from({ length: count }, draw),
  shape,
});

/** What labels can look like: as the plan says, or more closely what a loss is made for. */
export type LabelKind = PlanLoss['labels'] | 'signs' | 'counts' | 'shares' | 'symbols';
const labelsFor: Record<LabelKind, (n: number, shape: number[]) => Labels> = {
  index(n, shape) {
    const places = shape.slice(0, -1);
    const values = Int32Array.from({ length: n * sizeOf(places) }, () => random.below(shape.at(-1) ?? 1));
    return { values, shape: places };
  },
  'one-hot'(n, shape) {
    const width = shape.at(-1) ?? 1;
    const values = new Float32Array(n * sizeOf(shape));
    for (let i = 0; i < values.length; i += width) values[i + random.below(width)] = 1;
    return { values, shape };
  },
  binary: (n, shape) => drawn(shape, n * sizeOf(shape), () => random.below(2)),
  signs: (n, shape) => drawn(shape, n * sizeOf(shape), () => 2 * random.below(2) - 1),
  values: (n, shape) => drawn(shape, n * sizeOf(shape), () => random.normal()),
  counts: (n, shape) => drawn(shape, n * sizeOf(shape), () => random.below(6)),
  /** Up to three symbols of a transcription, filled up with 0. */
  symbols(n, shape) {
    const values = Array.from({ length: n }, () => {
      const length = random.below(4);
      return Array.from({ length: 3 }, (_, i) =>
        i < length ? 1 + random.below((shape.at(-1) ?? 2) - 1) : 0,
      );
    });
    return { values: Float32Array.from(values.flat()), shape: [3] };
  },
  shares(n, shape) {
    const width = shape.at(-1) ?? 1;
    const values = Float32Array.from({ length: n * sizeOf(shape) }, () => random.uniform());
    return {
      values: values.map((value, i) => {
        const from = i - (i % width);
        return value / values.subarray(from, from + width).reduce((sum, each) => sum + each, 0);
      }),
      shape,
    };
  },
};

/** What a case's data are like, where the plan alone does not say it. */
export interface CaseData {
  labels?: LabelKind;
  /** The inputs are whole numbers under this, and not drawn from a normal distribution. */
  below?: number;
}

export function caseOf(
  name: string,
  sketch: PlanSketch,
  weighted = false,
  { labels, below }: CaseData = {},
): Case {
  const plan = planOf({ ...sketch, trainer: { ...sketch.trainer, batch_size: BATCH } });
  const n = STEPS * BATCH;
  const shape = sketch.input.slice(1).map((size) => size ?? 1);
  const predicted = plan.layers[plan.layers.length - 1].output_shape.slice(1).map((size) => size ?? 1);
  const count = n * sizeOf(shape);
  const values =
    below === undefined
      ? normals(count)
      : Float32Array.from({ length: count }, () => Math.floor(below * random.uniform()));
  const samples = samplesOf({ values, shape }, labelsFor[labels ?? plan.losses[0].labels](n, predicted), {
    train: n,
  });
  return {
    name,
    plan,
    samples,
    weighted: weighted ? Float32Array.from({ length: n }, () => 0.5 + random.uniform()) : undefined,
  };
}

/** The case with a column of weights: one for each sample, or one for each place of a map. */
export const weighedBy = (base: Case, shape: number[]): Case => {
  const values = Float32Array.from({ length: STEPS * BATCH * sizeOf(shape) }, () => random.below(3) / 2);
  const weights = new Map([['loss', { scale: 1, offset: 0, values, shape }]]);
  return { ...base, samples: { ...base.samples, weights } };
};

export const optimizer = (class_name: string, config: Record<string, Json>) => ({
  trainer: { optimizer: { block: 'optimizer', class_name, config } },
});
export const loss = (
  class_name: string,
  labels: PlanLoss['labels'],
  config: Record<string, Json> = {},
): Partial<PlanLoss> => ({
  class_name,
  labels,
  config,
  task: labels === 'values' ? 'regression' : labels === 'binary' ? 'binary' : 'classification',
});

/** A second loss on another layer of a case's network, with its own labels. */
export function withLoss(
  base: Case,
  second: Partial<PlanLoss> & Pick<PlanLoss, 'prediction'>,
  labels: LabelKind,
): Case {
  const [first] = base.plan.losses;
  const planned: PlanLoss = { ...first, block: 'second', ...second };
  const shape = base.plan.layers.find(({ block }) => block === second.prediction)?.output_shape ?? [];
  const drawnLabels = labelsFor[labels](
    STEPS * BATCH,
    shape.slice(1).map((size) => size ?? 1),
  );
  return {
    ...base,
    plan: {
      ...base.plan,
      outputs: [first.prediction, planned.prediction],
      losses: [first, planned],
      trainers: base.plan.trainers.map((trainer) => ({ ...trainer, losses: [first.block, planned.block] })),
    },
    samples: {
      ...base.samples,
      labels: new Map([...base.samples.labels, ['second', { scale: 1, offset: 0, ...drawnLabels }]]),
    },
  };
}
