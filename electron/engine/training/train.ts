/**
 * Owns a training run from the first event to the report. Knows plans, samples and tensors; nothing of processes, windows
 * and ledgers: what it has to say goes to `emit`.
 */
import path from 'node:path';
import { lowerRate } from '../../../shared/metrics/lower-rate';
import { guessingLoss } from '../../../shared/metrics/run-curve';
import { inputsAreScaled } from '../../../shared/metrics/scaled-inputs';
import { runDiagnostics } from '../../../shared/metrics/run-diagnostics';
import { reportRules, type FinalFigures } from '../../../shared/metrics/run-report';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { MOST_TELLING_FIRST } from '../../../shared/document/facts';
import { RUN_FILES, checkpointFile, type MetricValues, type Report } from '../../../shared/protocol/run';
import { ok, type Result } from '../../../shared/result';
import { Unreadable } from '../../data/opened-file';
import { checkpointPath, readCheckpoint } from '../checkpoint/checkpoint';
import { writeAtomically } from '../files/write-atomically';
import { meansOf } from '../losses/metrics';
import { averagedWeights, hasAverages } from '../step/averaged-weights';
import { sampleWeights } from '../step/class-weights';
import { trainEpoch } from './epoch';
import {
  changedDiagnostics,
  newDiagnostics,
  noteLook,
  pastDiagnostics,
  takeBack,
  tellDiagnostics,
} from './findings';
import { judgeKept, metricsOf } from './judge-kept';
import { judgePart, withAverages, type PartFigures } from './judge';
import { keepEpoch } from './keep-epoch';
import { meanwhile } from './listen';
import { judgeEpoch, type EpochMetrics } from './monitor';
import { explainNotFinite, type Broken } from './not-finite';
import { oneClass } from './one-class';
import { pictureWhenDue } from './picture-now';
import { judgePlateau } from './plateau';
import { emptyEpoch } from './progress';
import type { TrainingRun } from './run';
import type { StepState } from '../step/step';
import {
  closeSession,
  enterNextStage,
  folderIsThere,
  hasNextStage,
  lastEpoch,
  lastEpochOfStage,
  onlyWeights,
  openSession,
  stepsPerEpoch,
  type Session,
} from './session';

/** Diagnostics look at the confusions of a few epochs back and no further. */
const REMEMBERED_CONFUSIONS = 5;

/**
 * Everything is on the disk when it answers. A problem means that the run failed; what was saved before stays, and where
 * the samples could not be read any more, it goes on at the step that it had come to.
 */
export async function train(run: TrainingRun): Promise<Result<Report>> {
  const opened = openSession(run);
  if (!opened.ok) return opened;
  const session = opened.value;
  try {
    const prepared = await savePreparation(session);
    if (!prepared.ok) return prepared;
    tellStart(session);
    tellEager(session);
    tellDiagnostics(session, newDiagnostics(session, [...session.leftOut, ...oneClass(session)]));
    session.clock.start();
    run.control.enter('steps');
    const ended = await trainStages(session);
    session.clock.stop();
    run.control.enter('figures');
    return ended.ok ? await finish(session, ended.value) : ended;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const kept = await stopWithin(session, session.progress.epochs + 1, 'asked');
    return kept.ok ? { ok: false, problem: error.problem } : kept;
  } finally {
    run.control.enter('after');
    closeSession(session);
  }
}

const savePreparation = ({ run }: Session): Promise<Result<null>> =>
  writeAtomically(path.join(run.folder, RUN_FILES.preparation), [
    Buffer.from(`${JSON.stringify(run.prepared.state, null, 2)}\n`),
  ]);

const engineInfo = ({ run, step }: Session): Report['engine'] => ({ ...run.engine, step: step.kind });

function tellStart(session: Session): void {
  const { run, trainer, samples, progress } = session;
  const { train: training, validation, test } = samples.parts;
  run.emit({
    type: 'started',
    time: Date.now(),
    run: run.folder,
    seed: run.seed,
    engine: engineInfo(session),
    epochs: lastEpoch(session),
    stepsPerEpoch: stepsPerEpoch(session),
    batchSize: trainer.batch_size,
    samples: { train: training.length, validation: validation.length, test: test.length },
    parameters: run.plan.totals.parameters,
    epoch: progress.epochs + 1,
    step: session.step.iteration,
  });
}

/** A run that is slower than it could be says so. */
function tellEager(session: Session): void {
  const { trainer, step } = session;
  const eagerBecause = session.eagerBecause ?? step.notRecorded;
  if (eagerBecause === null) return;
  const why =
    'Each operation is called one by one, which takes several times as long and gives the same network.';
  tellDiagnostics(
    session,
    newDiagnostics(session, [
      { code: eagerBecause.code, severity: 'hint', block: trainer.block, message: eagerBecause.message, why },
    ]),
  );
}

/** A stage goes on with the weights that the one before it kept. */
async function trainStages(session: Session): Promise<Result<Report['stopped']>> {
  for (;;) {
    const ended = await trainEpochs(session);
    if (!ended.ok || !hasNextStage(session)) return ended;
    if (ended.value !== 'finished' && ended.value !== 'early') return ended;
    const kept = keepWeights(session, ended.value);
    if (!kept.ok) return kept;
    enterNextStage(session);
  }
}

async function trainEpochs(session: Session): Promise<Result<Report['stopped']>> {
  const { progress, run } = session;
  while (progress.epochs < lastEpochOfStage(session)) {
    if (progress.stage.ended) return ok('early');
    const epoch = progress.epochs + 1;
    const began = session.clock.seconds;
    const end = await trainEpoch(session, epoch);
    if (end.kind === 'not-finite') return breakOff(session, epoch, end.broken);
    if (end.kind === 'stopped') return stopWithin(session, epoch, 'asked');
    if (end.kind === 'profiled') return ok('early');
    if (end.kind === 'tested') return stopWithin(session, epoch, 'finished');
    const closed = await closeEpoch(session, epoch, began);
    if (!closed.ok) return closed;
    if (closed.value === null) return stopWithin(session, epoch, 'asked');
    if (closed.value.stop) return ok('early');
    if (run.control.stopping) return ok('asked');
  }
  return ok('finished');
}

/** What was done of the epoch is saved, so that a resumed run goes on at the same step. */
async function stopWithin(
  session: Session,
  epoch: number,
  stopped: 'asked' | 'finished',
): Promise<Result<Report['stopped']>> {
  const { epochs, partial } = session.progress;
  if (epochs > 0 && partial.samples === 0) return ok(stopped);
  const saved = await keepEpoch(session, epoch, session.step.readState(), true);
  return saved.ok ? ok(stopped) : saved;
}

/** Validates, decides, saves and tells. null where it was stopped before it was validated: that is done when it goes on. */
async function closeEpoch(
  session: Session,
  epoch: number,
  began: number,
): Promise<Result<{ stop: boolean } | null>> {
  const { run, trainer, beside, progress, step } = session;
  const there = folderIsThere(session);
  if (!there.ok) return there;
  const train = epochMeans(session, trainer);
  const { learningRate, rates } = step;
  const state = step.readState();
  const judged = await validate(session, state, epoch);
  if (!judged.ok) return judged;
  const figures = judged.value;
  if (figures === null) return ok(null);
  const validation = figures.get(trainer.block);
  const trainers = Object.fromEntries(
    [trainer, ...beside].map((one) => [
      one.block,
      {
        train: epochMeans(session, one),
        validation: figures.get(one.block)?.metrics,
        learningRate: rates[one.block],
      },
    ]),
  );
  const verdict = judgeEpoch(trainer, progress.monitor, epoch, { train, validation: validation?.metrics });
  progress.monitor = verdict.state;
  progress.epochs = epoch;
  progress.partial = emptyEpoch();
  progress.history.push({ epoch, train, validation: validation?.metrics, confusion: validation?.confusion });
  const old = progress.history[progress.history.length - 1 - REMEMBERED_CONFUSIONS];
  if (old !== undefined) delete old.confusion;
  const ended = verdict.stop || epoch === lastEpochOfStage(session);
  progress.stage.ended = verdict.stop && hasNextStage(session);
  const seen = curveDiagnostics(session, ended);
  noteLook(session, 'curves', seen);
  const [found, past] = [newDiagnostics(session, seen), pastDiagnostics(session)];
  if (trainer.reduce_lr_on_plateau !== undefined)
    lowerOnPlateau(session, { train, validation: validation?.metrics });

  if (verdict.best) session.bestWeights = onlyWeights(session, state);
  const saved = await keepEpoch(session, epoch, state, ended || run.control.stopping);
  if (!saved.ok) return saved;
  run.emit({
    type: 'epoch',
    time: Date.now(),
    epoch,
    step: step.iteration,
    seconds: session.clock.seconds - began,
    learningRate,
    train,
    validation: validation?.metrics,
    confusion: validation?.confusion,
    ...(beside.length > 0 ? { trainers } : {}),
    best: verdict.best,
    checkpoint: checkpointFile(epoch),
  });
  await pictureWhenDue(session, state, ended || run.control.stopping);
  takeBack(session, past);
  tellDiagnostics(session, found);
  tellEager(session);
  return ok({ stop: verdict.stop });
}

/** What the curves say by now. Where one's gain is the other's loss, no curve says how it goes. */
function curveDiagnostics({ run, trainer, beside, progress, step }: Session, ended: boolean) {
  if (beside.length > 0) return [];
  return runDiagnostics(progress.history, {
    block: trainer.block,
    initialLoss: progress.firstLoss ?? undefined,
    lowerRate: lowerRate(step.learningRate, trainer.optimizer.class_name),
    scaledInputs: inputsAreScaled(run.plan),
    guessingLoss: guessingLoss(run.plan.losses.filter((loss) => trainer.losses.includes(loss.block))),
    ended,
  });
}

/** By Train block of the stage; none without a validation part. null where it was not to go on to the end. */
async function validate(
  session: Session,
  state: StepState,
  epoch: number,
): Promise<Result<Map<string, PartFigures> | null>> {
  const { trainer, beside, samples } = session;
  const figures = new Map<string, PartFigures>();
  if (samples.parts.validation.length === 0) return ok(figures);
  return withAverages(session, state, async () => {
    for (const one of [trainer, ...beside]) {
      const judged = await judgePart(session, 'validation', epoch, meanwhile(session, epoch), one);
      if (!judged.ok) return judged;
      if (judged.value === null) return ok(null);
      figures.set(one.block, judged.value);
    }
    return ok(figures);
  });
}

/** The epoch's checkpoint holds the rate that the next epoch begins with. */
function lowerOnPlateau({ trainer, progress, step }: Session, metrics: EpochMetrics): void {
  const { state, rate } = judgePlateau(trainer, progress.plateau, metrics, step.learningRate);
  progress.plateau = state;
  step.askRate(trainer.block, rate);
}

/** Over the samples of the epoch, as they were when each batch was learned from. */
function epochMeans({ progress: { partial }, metrics }: Session, { block }: PlanTrainer): MetricValues {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const sums = partial.beside[block] ?? partial;
  const means = Object.entries(meansOf(metrics.get(block) ?? [], sums.metrics, partial.samples));
  return {
    loss: finite(sums.loss / partial.samples),
    n: partial.samples,
    ...Object.fromEntries(means.map(([name, mean]) => [name, finite(mean)])),
  };
}

/** The weights of the last good moment are in the network. They are saved where no epoch has been yet. */
async function breakOff(session: Session, epoch: number, broken: Broken): Promise<Result<Report['stopped']>> {
  tellDiagnostics(session, newDiagnostics(session, [explainNotFinite(session, broken, epoch)]));
  if (session.progress.epochs > 0) return ok('not-finite');
  session.progress.partial = emptyEpoch();
  const saved = await keepEpoch(session, epoch, session.step.readState(), true);
  return saved.ok ? ok('not-finite') : saved;
}

/** Which weights count as the run's, put into the network. Answers the epoch whose checkpoint holds them. */
function keepWeights(session: Session, stopped: Report['stopped']): Result<number> {
  const { run, trainer, progress, bestWeights, network } = session;
  const { best } = progress.monitor;
  if (trainer.restore_best_weights && best !== null && bestWeights !== null) {
    const written = network.writeWeights(bestWeights);
    return written.ok ? ok(best.epoch) : written;
  }
  const { tensors } = session.step.readState();
  if (hasAverages(tensors)) network.writeWeights(averagedWeights(tensors));
  if (progress.epochs === 0) return ok(1);
  // Stopped within an epoch: its checkpoint holds the weights of now.
  if (stopped !== 'not-finite' && progress.partial.samples > 0) return ok(progress.epochs + 1);
  if (stopped !== 'not-finite') return ok(progress.epochs);
  const last = readCheckpoint(checkpointPath(run.folder, progress.epochs));
  if (!last.ok) return last;
  const written = network.writeWeights(averagedWeights(last.value.state.tensors));
  return written.ok ? ok(progress.epochs) : written;
}

/** How much of the training part has changed something. */
function learnedFrom({ run, trainer, samples, progress }: Session): FinalFigures['training'] {
  const rows = samples.parts.train;
  const weights = [...sampleWeights(trainer, run.plan.losses, samples).values()];
  const weightless =
    weights.length < trainer.losses.length
      ? 0
      : rows.filter((row) => weights.every((byRow) => byRow[row] === 0)).length;
  const seen = progress.epochs > 0 ? rows.length : Math.min(rows.length, progress.partial.samples);
  return { samples: rows.length, seen, weightless };
}

async function finish(session: Session, stopped: Report['stopped']): Promise<Result<Report>> {
  const { run, progress, clock } = session;
  const seconds = progress.seconds + clock.seconds;
  const kept = keepWeights(session, stopped);
  if (!kept.ok) return kept;
  run.emit({ type: 'kept', time: Date.now(), epoch: kept.value, step: session.step.iteration });
  tellDiagnostics(session, changedDiagnostics(session, curveDiagnostics(session, true)));
  takeBack(session, pastDiagnostics(session, true));
  const judged = await judgeKept(session);
  if (!judged.ok) return judged;
  const { main, figures, byTrainer, leftOut } = judged.value;
  const final = { metrics: metricsOf(figures), training: learnedFrom(session), epochs: progress.epochs };
  // A test of rates is no training, and figures of those who work against each other say nothing of the end.
  if (session.rangeTest === null && session.beside.length === 0 && stopped !== 'not-finite')
    tellDiagnostics(session, newDiagnostics(session, reportRules(final, main)));
  const confusionPart = MOST_TELLING_FIRST.find((part) => figures[part]?.confusion !== undefined);
  const report: Report = {
    type: 'report',
    run: run.folder,
    seed: run.seed,
    epochs: progress.epochs,
    keptEpoch: kept.value,
    steps: session.step.iteration,
    seconds,
    samplesPerSecond: progress.stepSeconds > 0 ? progress.samples / progress.stepSeconds : 0,
    engine: engineInfo(session),
    metrics: final.metrics,
    ...(leftOut.length > 0 ? { leftOut } : {}),
    ...(byTrainer.size > 1
      ? {
          trainers: Object.fromEntries(
            [...byTrainer].map(([block, own]) => [block, { metrics: metricsOf(own) }]),
          ),
        }
      : {}),
    ...(confusionPart === undefined ? {} : { confusion: figures[confusionPart]?.confusion, confusionPart }),
    ...(session.rangeTest ? { rangeTest: session.rangeTest.result } : {}),
    diagnostics: progress.diagnostics,
    stopped,
  };
  run.emit({ ...report, time: Date.now() });
  return ok(report);
}
