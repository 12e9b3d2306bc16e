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
  weights: Record<string, number[]>;
  predictions: number[];
  /** By block: what Keras says of its output. */
  shapes: Record<string, (number | null)[]>;
  weight_shapes: Record<string, number[]>;
}

const random = new RandomStream(3, 'parity', 'samples');
const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

const labelsFor: Record<
  PlanLoss['labels'],
  (n: number, width: number) => { values: Float32Array | Int32Array; shape: number[] }
> = {
  index: (n, width) => ({ values: Int32Array.from({ length: n }, () => random.below(width)), shape: [] }),
  'one-hot': (n, width) => {
    const values = new Float32Array(n * width);
    for (let i = 0; i < n; i++) values[i * width + random.below(width)] = 1;
    return { values, shape: [width] };
  },
  binary: (n, width) => ({
    values: Float32Array.from({ length: n * width }, () => random.below(2)),
    shape: [width],
  }),
  values: (n, width) => ({ values: normals(n * width), shape: [width] }),
};

export function caseOf(name: string, sketch: PlanSketch, weighted = false): Case {
  const plan = planOf(sketch);
  const n = STEPS * BATCH;
  const shape = sketch.input.slice(1).map((size) => size ?? 1);
  const width = plan.layers[plan.layers.length - 1].output_shape.at(-1) ?? 1;
  const samples = samplesOf(
    { values: normals(n * sizeOf(shape)), shape },
    labelsFor[plan.losses[0].labels](n, width),
    { train: n },
  );
  return {
    name,
    plan,
    samples,
    weighted: weighted ? Float32Array.from({ length: n }, () => 0.5 + random.uniform()) : undefined,
  };
}

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
