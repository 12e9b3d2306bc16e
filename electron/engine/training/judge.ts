/** Owns how the network is judged on one part of the data: figures, the confusion matrix, and predictions on the disk. */
import path from 'node:path';
import { confusionMatrix } from '../../../shared/metrics/confusion';
import { argmaxRows, classProbabilities } from '../../../shared/metrics/probabilities';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { mainTrainer } from '../../../shared/compiler/stages';
import type { Part } from '../../../shared/document/facts';
import { RUN_FILES, predictionsFile, type Confusion, type MetricValues } from '../../../shared/protocol/run';
import { ok, type Result } from '../../../shared/result';
import { writeNpy } from '../files/npy';
import { averagedWeights, hasAverages } from '../step/averaged-weights';
import { evaluate, type Judgement } from '../step/evaluate';
import type { StepState } from '../step/step';
import { trueClasses } from '../step/true-classes';
import type { Session } from './session';

export interface PartFigures {
  metrics: MetricValues;
  /** Of the first loss that has classes. */
  confusion?: Confusion;
}

function confusionOf(
  { run, samples }: Session,
  trainer: PlanTrainer,
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

/** The predictions of the run's first loss carry the name of the part; those of others their block id too. */
async function savePredictions(
  { run }: Session,
  part: Part,
  { predictions }: Judgement,
  epoch: number | 'kept',
): Promise<Result<null>> {
  const [first] = mainTrainer(run.plan).losses;
  for (const [block, { values, width, losses }] of predictions) {
    const name = predictionsFile(block === first ? part : `${part}-${block}`, epoch);
    const file = path.join(run.folder, RUN_FILES.predictions, name);
    const written = await writeNpy(file, values, [losses.length, width]);
    if (!written.ok) return written;
    const beside = await writeNpy(path.join(run.folder, RUN_FILES.losses, name), losses, [losses.length]);
    if (!beside.ok) return beside;
  }
  return ok(null);
}

/**
 * What a Train block is about, with the weights of now, without dropout; null where it was not to go on to the end.
 * Problems: the predictions could not be saved.
 */
export async function judgePart(
  session: Session,
  part: Part,
  epoch: number | 'kept',
  goOn: (done: number) => Promise<boolean>,
  trainer = session.trainer,
): Promise<Result<PartFigures | null>> {
  const { run, network, samples } = session;
  const judgement = await evaluate({
    plan: run.plan,
    trainer,
    network,
    samples,
    rows: samples.parts[part],
    goOn,
  });
  if (judgement === null) return ok(null);
  const saved = await savePredictions(session, part, judgement, epoch);
  if (!saved.ok) return saved;
  return ok({ metrics: judgement.metrics, confusion: confusionOf(session, trainer, part, judgement) });
}

/** Judges with the average of the weights, where the optimizer keeps one; then the step's own are back. */
export async function withAverages<T>(
  session: Session,
  state: StepState,
  judge: () => Promise<T>,
): Promise<T> {
  const { network } = session;
  if (!hasAverages(state.tensors)) return judge();
  const own = network.readWeights();
  network.writeWeights(averagedWeights(state.tensors));
  session.setAside = state;
  try {
    return await judge();
  } finally {
    session.setAside = null;
    network.writeWeights(own);
  }
}
