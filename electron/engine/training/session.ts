/** Owns a run while it goes: the live network, the step behind it and what the run knows of itself. */
import { trainingKey as keyOf } from '../../../shared/compiler/training-key';
import { performance } from 'node:perf_hooks';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { checkpointPath, readCheckpoint, writeCheckpoint, type Checkpoint } from '../checkpoint/checkpoint';
import type { Metric } from '../losses/metrics';
import { buildNetwork, type Network, type WeightValues } from '../network/network';
import { averagedWeights } from '../step/averaged-weights';
import { sampleWeights } from '../step/class-weights';
import { chooseStep } from '../step/choose';
import { trainerObjective } from '../step/objective';
import type { Samples } from '../step/samples';
import type { StepState, TrainingStep } from '../step/step';
import { breather } from './breather';
import { availableBytes, checkMemory } from './memory';
import { allFinite } from './not-finite';
import { planSamples } from './plan-samples';
import { preflight } from './preflight';
import { newProgress, type RunProgress } from './progress';
import type { TrainingRun } from './run';
import { Telemetry } from './telemetry';

/** Counts the seconds of a stretch that can be interrupted. */
export class Stopwatch {
  private since: number | null = null;
  private total = 0;
  start(): void {
    this.since ??= performance.now();
  }
  stop(): void {
    this.total = this.seconds * 1000;
    this.since = null;
  }
  get seconds(): number {
    return (this.total + (this.since === null ? 0 : performance.now() - this.since)) / 1000;
  }
}

export interface Session {
  run: TrainingRun;
  trainer: PlanTrainer;
  network: Network;
  step: TrainingStep;
  /** Why the step could not be recorded, which costs time and nothing else. */
  eagerBecause: Problem | null;
  samples: Samples;
  progress: RunProgress;
  /** Weights of the best epoch; null before there is one. */
  bestWeights: WeightValues | null;
  /** Since this stretch began, without pauses. */
  clock: Stopwatch;
  /** What is counted at each step. */
  metrics: readonly Metric[];
  telemetry: Telemetry;
  breathe: () => Promise<void>;
}

export const stepsPerEpoch = ({ samples, trainer }: Session): number =>
  Math.ceil(samples.parts.train.length / trainer.batch_size);

/** The network, the data and, where a run is continued, its past. Problems are sentences; nothing has been trained yet. */
export function openSession(run: TrainingRun): Result<Session> {
  const { plan } = run;
  const samples = planSamples(plan, run.prepared);
  const ready = preflight(plan, samples);
  if (!ready.ok) return ready;
  const room = checkMemory(plan, samples, run.availableBytes ?? availableBytes());
  if (!room.ok) return room;
  const [trainer] = plan.trainers;
  const network = buildNetwork(plan, { seed: run.seed });
  const { step, eagerBecause } = chooseStep({
    plan,
    trainer,
    network,
    samples,
    sampleWeights: sampleWeights(trainer, plan.losses, samples),
  });
  const { metrics } = trainerObjective(plan, trainer);
  const session: Session = {
    run,
    trainer,
    network,
    step,
    eagerBecause,
    samples,
    progress: newProgress(step.learningRate),
    bestWeights: null,
    clock: new Stopwatch(),
    metrics,
    telemetry: new Telemetry(run.emit, metrics),
    breathe: breather(),
  };
  const resumed = run.checkpoint === undefined ? ok(null) : resume(session, run.checkpoint);
  if (resumed.ok) return ok(session);
  closeSession(session);
  return resumed;
}

export function closeSession({ step, network }: Session): void {
  step.dispose();
  network.dispose();
}

function belongsTo({ run }: Session, file: string, { trainingKey, seed }: Checkpoint): Result<null> {
  if (trainingKey !== keyOf(run.plan))
    return fail(
      'checkpoint/other-plan',
      `${file} was saved by a run of another network or other settings. Choose a checkpoint of this run.`,
    );
  if (seed !== run.seed)
    return fail(
      'checkpoint/other-seed',
      `${file} was saved by a run with the seed ${seed}, not ${run.seed}. Continue with that seed.`,
    );
  return ok(null);
}

function resume(session: Session, file: string): Result<null> {
  const read = readCheckpoint(file);
  if (!read.ok) return read;
  const fits = belongsTo(session, file, read.value);
  if (!fits.ok) return fits;
  if (!allFinite(read.value.state))
    return fail(
      'checkpoint/not-finite',
      `${file} holds weights that are infinite or undefined (NaN): nothing can be learned from them. Choose an earlier checkpoint.`,
    );
  const written = session.step.writeState(read.value.state);
  if (!written.ok) return written;
  session.progress = read.value.progress;
  session.step.learningRate = read.value.progress.learningRate;
  recallBest(session);
  return ok(null);
}

/** Where the file of the best epoch is gone, another epoch will be the best. */
function recallBest(session: Session): void {
  const { run, progress } = session;
  const { best } = progress.monitor;
  if (best === null) return;
  if (best.epoch === progress.epochs && progress.partial.samples === 0) {
    session.bestWeights = onlyWeights(session, session.step.readState());
    return;
  }
  const read = readCheckpoint(checkpointPath(run.folder, best.epoch));
  if (read.ok && read.value.trainingKey === keyOf(run.plan))
    session.bestWeights = onlyWeights(session, read.value.state);
  else progress.monitor = { ...progress.monitor, best: null };
}

/** The weights that a state stands for, without the optimizer's slots. */
export const onlyWeights = ({ network }: Session, { tensors }: StepState): WeightValues =>
  new Map([...averagedWeights(tensors)].filter(([key]) => network.weights.has(key)));

/** The progress as a checkpoint of now holds it. */
export function currentProgress({ progress, clock, step }: Session): RunProgress {
  return { ...progress, seconds: progress.seconds + clock.seconds, learningRate: step.learningRate };
}

/** All that is needed to go on from now, in this file. */
export const saveNow = (session: Session, file: string, state: StepState): Result<null> =>
  writeCheckpoint(file, {
    trainingKey: keyOf(session.run.plan),
    seed: session.run.seed,
    state,
    progress: currentProgress(session),
  });

export const saveCheckpoint = (session: Session, epoch: number, state: StepState): Result<null> =>
  saveNow(session, checkpointPath(session.run.folder, epoch), state);
