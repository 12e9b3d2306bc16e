/** Owns what a trainer minimises: its losses on a network's outputs, weighted, with the penalties on weights. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Plan, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import type { Judged, SampleLosses } from '../losses/judged';
import { lossFunction } from '../losses/losses';
import { trainerMetrics, type Metric } from '../losses/metrics';
import type { Forward, Network } from '../network/network';
import { tf } from '../tensorflow';
import { gatherRows, type Samples, type SampleArray } from './samples';

export interface LossTerm {
  plan: PlanLoss;
  samples: SampleLosses;
}

export interface Objective {
  terms: readonly LossTerm[];
  metrics: readonly Metric[];
  /** What the losses need: blocks of the network, and those whose weights these use. */
  needed: ReadonlySet<string>;
}

/** The outputs and all that they need. Layers stand after what they read, so that one look back is enough. */
export function neededFor({ layers }: Pick<Plan, 'layers'>, outputs: readonly string[]): Set<string> {
  const needed = new Set(outputs);
  for (const { block, inbound, shares } of [...layers].reverse()) {
    if (!needed.has(block)) continue;
    for (const before of inbound) needed.add(before);
    if (shares !== undefined) needed.add(shares);
  }
  return needed;
}

export function trainerObjective(plan: Plan, trainer: PlanTrainer): Objective {
  const losses = trainer.losses.map((block) => {
    const loss = plan.losses.find((candidate) => candidate.block === block);
    if (loss === undefined) throw new Error(`the plan has no loss ${block}`);
    return loss;
  });
  return {
    terms: losses.map((loss) => ({ plan: loss, samples: lossFunction(loss) })),
    metrics: trainerMetrics(trainer, losses),
    needed: neededFor(
      plan,
      losses.flatMap(({ prediction, others = [] }) => [prediction, ...others]),
    ),
  };
}

/** A batch as tensors: inputs by Input block, labels and the weights of a column by loss block. */
export interface Batch {
  inputs: Map<string, Tensor>;
  labels: Map<string, Tensor>;
  weights: Map<string, Tensor>;
}

/** Samples in a batch; a network that begins with noise has labels alone. */
export const rowsOf = ({ inputs, labels }: Batch): number =>
  [...inputs.values(), ...labels.values()].at(0)?.shape[0] ?? 1;

function tensorsOf(sources: ReadonlyMap<string, SampleArray>, rows: Int32Array): Map<string, Tensor> {
  return new Map(
    [...sources].map(([block, source]) => [
      block,
      tf.tensor(gatherRows(source, rows), [rows.length, ...source.shape], 'float32'),
    ]),
  );
}

export const batchOf = (samples: Samples, rows: Int32Array): Batch => ({
  inputs: tensorsOf(samples.inputs, rows),
  labels: tensorsOf(samples.labels, rows),
  weights: tensorsOf(samples.weights ?? new Map<string, SampleArray>(), rows),
});

const required = (tensors: ReadonlyMap<string, Tensor>, block: string): Tensor => {
  const tensor = tensors.get(block);
  if (tensor === undefined) throw new Error(`there is no tensor of ${block}`);
  return tensor;
};

export const predictionOf = (term: LossTerm, forward: Forward): Tensor =>
  required(forward.outputs, term.plan.prediction);

export const judged = ({ plan }: LossTerm, forward: Forward, batch: Batch): Judged => ({
  prediction: required(forward.outputs, plan.prediction),
  logits: forward.logits.get(plan.prediction) ?? null,
  labels: required(batch.labels, plan.block),
  weights: batch.weights.get(plan.block),
  others: plan.others?.map((block) => required(forward.outputs, block)),
});

/** The mean over the batch of each sample's loss times its weight: Keras' `sum_over_batch_size`. */
export function meanLoss(term: LossTerm, forward: Forward, batch: Batch, weights: Tensor | null): Scalar {
  const losses = term.samples(judged(term, forward, batch));
  return tf.mean<Scalar>(weights === null ? losses : tf.mul(losses, weights));
}

/** Sum of the losses by their weights, plus the penalties on weights that they need and those that layers asked for. */
export function totalLoss(
  objective: Objective,
  network: Network,
  losses: readonly Scalar[],
  penalties: readonly Scalar[],
): Scalar {
  const terms = objective.terms.map(({ plan }, i) =>
    plan.weight === 1 ? losses[i] : tf.mul(losses[i], plan.weight),
  );
  terms.push(...penalties);
  const penalty = network.regularization(objective.needed);
  if (penalty !== null) terms.push(penalty);
  return (terms.length === 1 ? terms[0] : tf.addN(terms)) as Scalar;
}

/** Metrics summed over the batch, each a scalar. `losses` are the means of the terms. */
export const metricSums = (
  { metrics, terms }: Objective,
  predictions: ReadonlyMap<string, Tensor>,
  batch: Batch,
  losses: readonly Scalar[],
): Tensor[] =>
  metrics.map(({ loss, sum }) => {
    const at = terms.findIndex(({ plan }) => plan.block === loss);
    if (at < 0) throw new Error(`a metric reads ${loss}, which is not trained on`);
    const { prediction } = terms[at].plan;
    return sum(required(predictions, prediction), required(batch.labels, loss), losses[at]);
  });
