/** Owns how a network is judged on samples that it does not learn from: batch by batch, without dropout. */
import type { Tensor } from '@tensorflow/tfjs';
import { rowsAtOnce } from '../../../shared/compiler/memory-need';
import type { Plan, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import { figureName } from '../../../shared/metrics/metric-kinds';
import { partMetrics } from '../../../shared/metrics/part-metrics';
import type { MetricValues } from '../../../shared/protocol/run';
import { singleLosses } from '../losses/losses';
import { askedMetrics, meansOf, metricOptions } from '../losses/metrics';
import type { Network } from '../network/network';
import { tf } from '../tensorflow';
import {
  batchOf,
  judged,
  meanLoss,
  metricSums,
  predictionOf,
  totalLoss,
  trainerObjective,
} from './objective';
import { ReadAhead } from './read-ahead';
import { gatherRows, type Samples } from './samples';

/** In the order of the rows. */
export interface Predictions {
  /** [n, width], row-major: what the loss reads, probabilities or logits. */
  values: Float32Array;
  width: number;
  /** The loss of each sample by itself, without class weights and penalties. */
  losses: Float32Array;
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
  /** Called after each batch with the number of rows so far, so that the process can listen. Answers whether to go on. */
  goOn: (done: number) => Promise<boolean>;
}

/** To the end. `breathe` is called between batches. */
export async function evaluateAll(
  options: Omit<EvaluateOptions, 'goOn'>,
  breathe: () => Promise<void>,
): Promise<Judgement> {
  const judgement = await evaluate({ ...options, goOn: () => breathe().then(() => true) });
  if (judgement === null) throw new Error('nobody asked to leave off');
  return judgement;
}

const finiteOrNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

interface BatchFigures {
  loss: number;
  metrics: number[];
  predictions: { values: Float32Array; losses: Float32Array }[];
}

/** null where it was not to go on to the end. */
export async function evaluate(options: EvaluateOptions): Promise<Judgement | null> {
  const { plan, trainer, network, samples, rows, goOn } = options;
  const objective = trainerObjective(plan, trainer);
  const single = objective.terms.map((term) => singleLosses(term.plan));
  /** What stateful layers left of the batch before. */
  let carried = new Map<string, Tensor>();
  const carry = (left: ReadonlyMap<string, Tensor>): void => {
    tf.dispose([...carried.values()]);
    carried = new Map([...left].map(([key, value]) => [key, tf.keep(tf.clone(value))]));
  };
  const judgeBatch = (batchRows: Int32Array): BatchFigures => {
    const figures: BatchFigures = { loss: 0, metrics: [], predictions: [] };
    tf.tidy(() => {
      const batch = batchOf(samples, batchRows);
      const forward = network.forward(batch.inputs, {
        training: false,
        step: tf.scalar(0, 'int32'),
        rows: batchRows.length,
        only: objective.needed,
        carried,
      });
      carry(forward.left);
      const losses = objective.terms.map((term) => meanLoss(term, forward, batch, null));
      figures.loss = totalLoss(objective, network, losses, forward.penalties).dataSync()[0];
      figures.metrics = metricSums(objective, forward.outputs, batch, losses).map((sum) => sum.dataSync()[0]);
      figures.predictions = objective.terms.map((term, i) => ({
        values: predictionOf(term, forward).dataSync<'float32'>(),
        losses: single[i](judged(term, forward, batch)).dataSync<'float32'>(),
      }));
    });
    return figures;
  };

  const sums: Record<string, number> = {};
  const collected = objective.terms.map((): Predictions => ({
    values: new Float32Array(0),
    width: 0,
    losses: new Float32Array(rows.length),
  }));
  let loss = 0;
  const readAhead = new ReadAhead(samples);
  // A state goes from one sample of a batch to the one in its place in the next.
  const size = network.states.size > 0 ? trainer.batch_size : rowsAtOnce(plan, trainer.batch_size);
  for (let start = 0; start < rows.length; start += size) {
    const batchRows = rows.subarray(start, start + size);
    await readAhead.ready(batchRows, rows.subarray(start + size, start + 2 * size));
    const figures = judgeBatch(batchRows);
    loss += figures.loss * batchRows.length;
    objective.metrics.forEach(({ name }, i) => (sums[name] = (sums[name] ?? 0) + figures.metrics[i]));
    figures.predictions.forEach(({ values, losses }, i) => {
      const width = values.length / batchRows.length;
      if (start === 0) Object.assign(collected[i], { values: new Float32Array(rows.length * width), width });
      collected[i].values.set(values, start * width);
      collected[i].losses.set(losses, start);
    });
    if (!(await goOn(start + batchRows.length)) && start + batchRows.length < rows.length) {
      carry(new Map());
      return null;
    }
  }
  carry(new Map());
  const predictions = new Map(objective.terms.map(({ plan: { block } }, i) => [block, collected[i]]));
  const means = { loss: loss / rows.length, ...meansOf(objective.metrics, sums, rows.length) };
  const figures = {
    ...means,
    ...figuresOfPart(
      options,
      objective.terms.map((term) => term.plan),
      predictions,
    ),
  };
  return {
    metrics: {
      ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, finiteOrNull(value)])),
      loss: finiteOrNull(means.loss),
      n: rows.length,
    },
    predictions,
  };
}

/** What needs all predictions at once. */
function figuresOfPart(
  { plan, trainer, samples, rows }: EvaluateOptions,
  losses: readonly PlanLoss[],
  predictions: ReadonlyMap<string, Predictions>,
): Record<string, number | null> {
  const figures: Record<string, number | null> = {};
  for (const loss of losses) {
    const asked = askedMetrics(trainer, loss);
    const [source, outputs] = [samples.labels.get(loss.block), predictions.get(loss.block)];
    if (source === undefined || outputs === undefined || rows.length === 0) continue;
    const answers = {
      loss,
      outputs: outputs.values,
      width: plan.layers.find(({ block }) => block === loss.prediction)?.output_shape.at(-1) ?? outputs.width,
      labels: gatherRows(source, rows),
      samples: rows.length,
    };
    const found = partMetrics(asked, answers, metricOptions(trainer));
    for (const [name, value] of Object.entries(found))
      figures[figureName(name, loss.block, losses.length)] = value;
  }
  return figures;
}
