/** Owns how the network is judged on one part of the data: figures, the confusion matrix, and predictions on the disk. */
import path from 'node:path';
import { confusionMatrix } from '../../../shared/metrics/confusion';
import { argmaxRows, classProbabilities } from '../../../shared/metrics/probabilities';
import type { Part } from '../../../shared/document/facts';
import { RUN_FILES, predictionsFile, type Confusion, type MetricValues } from '../../../shared/protocol/run';
import { ok, type Result } from '../../../shared/result';
import { writeNpy } from '../files/npy';
import { evaluate, type Judgement } from '../step/evaluate';
import { trueClasses } from '../step/true-classes';
import type { Session } from './session';

export interface PartFigures {
  metrics: MetricValues;
  /** Of the first loss that has classes. */
  confusion?: Confusion;
}

function confusionOf(
  { run, samples, trainer }: Session,
  part: Part,
  { predictions }: Judgement,
): Confusion | undefined {
  for (const loss of run.plan.losses.filter(({ block }) => trainer.losses.includes(block))) {
    const truth = trueClasses(loss, samples, samples.parts[part]);
    const outputs = predictions.get(loss.block);
    if (truth === null || outputs === undefined || outputs.width === 0) continue;
    const probabilities = classProbabilities(outputs.values, outputs.width, loss);
    const classes = Math.max(2, outputs.width);
    const labels = loss.classes ?? Array.from({ length: classes }, (_, index) => String(index));
    if (labels.length === classes)
      return confusionMatrix(truth.classes, argmaxRows(probabilities, classes), labels);
  }
  return undefined;
}

/** The first loss' predictions carry the name of the part; those of further losses their block id too. */
function savePredictions(
  { run, trainer }: Session,
  part: Part,
  { predictions }: Judgement,
  epoch: number | 'kept',
): Result<null> {
  for (const [block, { values, width, losses }] of predictions) {
    const name = predictionsFile(block === trainer.losses[0] ? part : `${part}-${block}`, epoch);
    const file = path.join(run.folder, RUN_FILES.predictions, name);
    const written = writeNpy(file, values, [losses.length, width]);
    if (!written.ok) return written;
    const beside = writeNpy(path.join(run.folder, RUN_FILES.losses, name), losses, [losses.length]);
    if (!beside.ok) return beside;
  }
  return ok(null);
}

/** With the weights of now, without dropout. Problems: the predictions could not be saved. */
export async function judgePart(
  session: Session,
  part: Part,
  epoch: number | 'kept',
): Promise<Result<PartFigures>> {
  const { run, trainer, network, samples, breathe } = session;
  const judgement = await evaluate({
    plan: run.plan,
    trainer,
    network,
    samples,
    rows: samples.parts[part],
    breathe,
  });
  const saved = savePredictions(session, part, judgement, epoch);
  if (!saved.ok) return saved;
  return ok({ metrics: judgement.metrics, confusion: confusionOf(session, part, judgement) });
}
