/** Owns how a network is judged on samples that it does not learn from: batch by batch, without dropout. */
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import type { MetricValues } from '../../../shared/protocol/run';
import type { Network } from '../network/network';
import { tf } from '../tensorflow';
import { batchOf, meanLoss, metricSums, predictionOf, totalLoss, trainerObjective } from './objective';
import type { Samples } from './samples';

/** [n, width], row-major, in the order of the rows: what the loss reads, probabilities or logits. */
export interface Predictions {
  values: Float32Array;
  width: number;
}

export interface Judgement {
  /** Means over the samples; null where a value is not finite or there is no sample. */
  metrics: MetricValues;
  /** By loss block. */
  predictions: Map<string, Predictions>;
}

export interface EvaluateOptions {
  plan: Plan;
  trainer: PlanTrainer;
  network: Network;
  samples: Samples;
  rows: Int32Array;
  /** Called between batches, so that the process can listen. */
  breathe: () => Promise<void>;
}

const BATCH = 512;

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

interface BatchFigures {
  loss: number;
  metrics: number[];
  predictions: Float32Array[];
}

export async function evaluate({
  plan,
  trainer,
  network,
  samples,
  rows,
  breathe,
}: EvaluateOptions): Promise<Judgement> {
  const objective = trainerObjective(plan, trainer);
  const judgeBatch = (batchRows: Int32Array): BatchFigures => {
    const figures: BatchFigures = { loss: 0, metrics: [], predictions: [] };
    tf.tidy(() => {
      const batch = batchOf(samples, batchRows);
      const forward = network.forward(batch.inputs, { training: false, step: tf.scalar(0, 'int32') });
      const losses = objective.terms.map((term) => meanLoss(term, forward, batch, null));
      figures.loss = totalLoss(objective, network, losses, forward.penalties).dataSync()[0];
      figures.metrics = metricSums(objective, forward.outputs, batch).map((sum) => sum.dataSync()[0]);
      figures.predictions = objective.terms.map((term) => predictionOf(term, forward).dataSync<'float32'>());
    });
    return figures;
  };

  const sums = new Float64Array(objective.metrics.length);
  const collected = objective.terms.map((): Predictions => ({ values: new Float32Array(0), width: 0 }));
  let loss = 0;
  for (let start = 0; start < rows.length; start += BATCH) {
    const batchRows = rows.subarray(start, start + BATCH);
    const figures = judgeBatch(batchRows);
    loss += figures.loss * batchRows.length;
    figures.metrics.forEach((sum, i) => (sums[i] += sum));
    figures.predictions.forEach((values, i) => {
      const width = values.length / batchRows.length;
      if (start === 0) collected[i] = { values: new Float32Array(rows.length * width), width };
      collected[i].values.set(values, start * width);
    });
    await breathe();
  }
  const mean = (sum: number): number | null => (rows.length === 0 ? null : finiteOrNull(sum / rows.length));
  return {
    metrics: {
      loss: mean(loss),
      n: rows.length,
      ...Object.fromEntries(objective.metrics.map(({ name }, i) => [name, mean(sums[i])])),
    },
    predictions: new Map(objective.terms.map(({ plan: { block } }, i) => [block, collected[i]])),
  };
}
