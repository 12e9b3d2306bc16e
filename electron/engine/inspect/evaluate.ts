/** Answers how well the kept weights do on a part of the run's data, or on other data prepared as the run's were. */
import { confusionMatrix } from '../../../shared/metrics/confusion';
import type { PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import type { Part } from '../../../shared/document/facts';
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Evaluation, WorstSample } from '../../../shared/protocol/evaluation';
import type { Confusion, MetricValues } from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { applyPreparation } from '../../data/preparation/apply';
import type { Judgement, Predictions } from '../step/evaluate';
import type { Samples } from '../step/samples';
import { planSamples } from '../training/plan-samples';
import { classify, type Classified } from './classified';
import type { OpenedRun } from './opened-run';
import { byScore, page } from './order';
import { regress } from './regressed';
import type { SourceKeeper } from './samples';

const WORST = 20;

interface Chosen {
  samples: Samples;
  part: Part;
  rows: Int32Array;
}

async function ownSamples(opened: OpenedRun, part: Part): Promise<Result<Chosen>> {
  const own = await opened.samples();
  if (!own.ok) return own;
  const rows = own.value.rowsOf(part);
  return rows.ok ? ok({ samples: own.value.samples, part, rows: rows.value }) : rows;
}

/** Of a source that has no such part all rows are taken, and count as test rows. */
async function otherSamples(
  opened: OpenedRun,
  part: Part,
  source: NonNullable<InspectRequests['evaluate']['source']>,
  sources: SourceKeeper,
): Promise<Result<Chosen>> {
  const read = await sources.read(source);
  if (!read.ok) return read;
  const prepared = applyPreparation(opened.preparation, read.value);
  if (!prepared.ok) return prepared;
  if (prepared.value.n === 0)
    return fail('data/empty', `${read.value.facts.source} holds no samples. Choose other data.`);
  const samples = planSamples(opened.plan, prepared.value);
  const rows = samples.parts[part];
  if (rows.length > 0) return ok({ samples, part, rows });
  return ok({ samples, part: 'test', rows: Int32Array.from({ length: prepared.value.n }, (_, i) => i) });
}

function worstOfClasses(
  { labels, truth, predicted, probabilities, losses }: Classified,
  rows: Int32Array,
): WorstSample[] {
  return page(byScore(losses), 0, WORST).map((i) => ({
    index: rows[i],
    true: labels[truth[i]],
    predicted: labels[predicted[i]],
    probability: probabilities[i * labels.length + predicted[i]],
    loss: losses[i],
  }));
}

function worstOfNumbers(
  loss: PlanLoss,
  samples: Samples,
  rows: Int32Array,
  predictions: Predictions,
): WorstSample[] {
  const { actual, predicted } = regress(loss, samples, rows, predictions);
  const { losses } = predictions;
  return page(byScore(losses), 0, WORST).map((i) => ({
    index: rows[i],
    true: actual[i],
    predicted: predicted[i],
    probability: null,
    loss: losses[i],
  }));
}

/** Where no sample has one answer, its loss is all that there is to say. */
const worstByLoss = (rows: Int32Array, { losses }: Predictions): WorstSample[] =>
  page(byScore(losses), 0, WORST).map((i) => ({
    index: rows[i],
    true: null,
    predicted: null,
    probability: null,
    loss: losses[i],
  }));

/** Of a trainer's first loss. */
function mistakes(
  loss: PlanLoss,
  { samples, rows }: Chosen,
  all: ReadonlyMap<string, Predictions>,
): { confusion?: Confusion; worst: WorstSample[] } {
  const predictions = all.get(loss.block);
  if (predictions === undefined) throw new Error(`nothing was predicted for ${loss.block}`);
  if (loss.task === 'regression') return { worst: worstOfNumbers(loss, samples, rows, predictions) };
  const classified = classify(loss, samples, rows, predictions);
  if (classified === null) return { worst: worstByLoss(rows, predictions) };
  return {
    confusion: confusionMatrix(classified.truth, classified.predicted, classified.labels),
    worst: worstOfClasses(classified, rows),
  };
}

async function judged(
  opened: OpenedRun,
  { samples, rows }: Chosen,
  trainer: PlanTrainer,
): Promise<Result<Judgement>> {
  const network = await opened.networkOf('kept');
  return network.ok ? ok(await opened.judge(network.value, samples, rows, trainer)) : network;
}

/** By Train block; `first` are those of the one that the run is judged by. */
async function ofEveryTrainer(
  opened: OpenedRun,
  chosen: Chosen,
  first: MetricValues,
): Promise<Result<Record<string, MetricValues>>> {
  const figures: Record<string, MetricValues> = { [opened.trainer.block]: first };
  for (const trainer of opened.plan.trainers) {
    if (trainer.block in figures) continue;
    const own = await judged(opened, chosen, trainer);
    if (!own.ok) return own;
    figures[trainer.block] = own.value.metrics;
  }
  return ok(figures);
}

/** What the run computed of its own data when it ended is not computed again. */
export async function evaluateRun(
  opened: OpenedRun,
  { run, part, source, trainer: block, everyTrainer = false }: InspectRequests['evaluate'],
  sources: SourceKeeper,
): Promise<Result<Evaluation>> {
  const trainer = opened.trainerOf(block);
  if (!trainer.ok) return trainer;
  const chosen = await (source === undefined
    ? ownSamples(opened, part)
    : otherSamples(opened, part, source, sources));
  if (!chosen.ok) return chosen;
  const { rows } = chosen.value;
  const stored = source === undefined ? opened.storedJudgement(trainer.value, part, rows.length) : null;
  const judgement = stored === null ? await judged(opened, chosen.value, trainer.value) : ok(stored);
  if (!judgement.ok) return judgement;
  const { metrics, predictions } = judgement.value;
  const trainers = everyTrainer ? await ofEveryTrainer(opened, chosen.value, metrics) : ok(undefined);
  if (!trainers.ok) return trainers;
  return ok({
    type: 'evaluation',
    run,
    part: chosen.value.part,
    n: rows.length,
    metrics,
    ...(trainers.value ? { trainers: trainers.value } : {}),
    ...mistakes(opened.firstLoss(trainer.value), chosen.value, predictions),
  });
}
