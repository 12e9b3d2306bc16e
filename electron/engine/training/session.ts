/** Owns a run while it goes: the live network, the step behind it and what the run knows of itself. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { trainingKey as keyOf } from '../../../shared/compiler/training-key';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { stagesOf } from '../../../shared/compiler/stages';
import { RUN_FILES, type RunDiagnostic } from '../../../shared/protocol/run';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { availableBytes } from '../../data/room';
import { awakeMilliseconds } from '../awake-clock';
import { checkpointPath, readCheckpoint, writeCheckpoint, type Checkpoint } from '../checkpoint/checkpoint';
import type { Heed } from '../files/slices';
import type { Metric } from '../losses/metrics';
import { buildNetwork, type Network, type WeightValues } from '../network/network';
import { subjectsOf, type Subject } from '../pictures/subject';
import { averagedWeights } from '../step/averaged-weights';
import { sampleWeights } from '../step/class-weights';
import { chooseStep } from '../step/choose';
import { trainerObjective } from '../step/objective';
import { ReadAhead } from '../step/read-ahead';
import type { Samples } from '../step/samples';
import type { StepState, TrainingStep } from '../step/step';
import { breather } from './breather';
import { measureNormalization } from './measure-normalization';
import { checkMemory } from './memory';
import { readPast } from './past';
import { planSamples } from './plan-samples';
import { preflight } from './preflight';
import { newProgress, withNextStage, type RunProgress } from './progress';
import { RangeTest } from './range-test';
import type { TrainingRun } from './run';
import { Telemetry } from './telemetry';

/** Seconds that looking has taken. */
export interface Looks {
  last: number | null;
  sum: number;
}

/** The pictures that the network of a stage makes. */
export interface Gallery {
  subjects: readonly Subject[];
  /** The epoch that was shown last. */
  epoch: number | null;
  /** Seconds that drawing has taken. */
  took: Looks;
}

/** Counts the seconds of a stretch that can be interrupted. */
export class Stopwatch {
  private since: number | null = null;
  private total = 0;
  start(): void {
    this.since ??= awakeMilliseconds();
  }
  stop(): void {
    this.total = this.seconds * 1000;
    this.since = null;
  }
  get seconds(): number {
    return (this.total + (this.since === null ? 0 : awakeMilliseconds() - this.since)) / 1000;
  }
}

export interface Session {
  run: TrainingRun;
  /** The first of the stage. */
  trainer: PlanTrainer;
  /** Those that take turns with it. */
  beside: readonly PlanTrainer[];
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
  /** What is counted at each step, by Train block. */
  metrics: ReadonlyMap<string, readonly Metric[]>;
  telemetry: Telemetry;
  /** null where the run is no test of learning rates. */
  rangeTest: RangeTest | null;
  looks: Looks;
  /** Of the stage: when its first steps were over, and whether it was profiled as a person asked. */
  stage: { warmSince: number | null; isProfiled: boolean };
  /** That a checkpoint could not be gone on from. */
  leftOut: readonly RunDiagnostic[];
  gallery: Gallery;
  /** The step's state while the network holds other weights, for those who judge it. */
  setAside: StepState | null;
  /** The pause of now has been told. */
  pauseIsTold: boolean;
  /** When a checkpoint was last waited for, bytes of the last one, and of all in the folder (not counted yet: infinite). */
  keeping: { synced: number; bytes: number; total: number };
  readAhead: ReadAhead;
  breathe: () => Promise<void>;
}

/** Of the last step, also while something is judged. */
export const stateOfNow = ({ setAside, step }: Session): StepState => setAside ?? step.readState();

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
  const past = run.checkpoint === undefined ? ok(null) : readPast(run, run.checkpoint);
  if (!past.ok) return past;
  const progress = past.value?.checkpoint.progress ?? newProgress();
  const network = buildNetwork(plan, { seed: run.seed });
  if (past.value === null) measureNormalization({ plan, network, samples });
  const session: Session = {
    run,
    network,
    samples,
    progress,
    bestWeights: null,
    clock: new Stopwatch(),
    looks: { last: null, sum: 0 },
    leftOut: past.value?.leftOut ?? [],
    setAside: null,
    pauseIsTold: false,
    keeping: { synced: -Infinity, bytes: 0, total: Infinity },
    readAhead: new ReadAhead(samples),
    breathe: breather(),
    ...openStage(run, { network, samples, progress }),
  };
  const resumed = past.value === null ? ok(null) : resume(session, past.value.checkpoint);
  if (resumed.ok) return ok(session);
  closeSession(session);
  return resumed;
}

/** What a session has of the stage that it is in. */
function openStage(
  { plan, emit }: TrainingRun,
  { network, samples, progress }: Pick<Session, 'network' | 'samples' | 'progress'>,
) {
  const [trainer, ...beside] = stagesOf(plan)[progress.stage.index];
  const all = [trainer, ...beside];
  const chosen = chooseStep({
    plan,
    trainer,
    beside,
    from: progress.stage.steps,
    network,
    samples,
    sampleWeights: new Map(all.flatMap((one) => [...sampleWeights(one, plan.losses, samples)])),
  });
  const metrics = new Map(all.map((one) => [one.block, trainerObjective(plan, one).metrics]));
  const telemetry = new Telemetry(emit, metrics);
  return {
    trainer,
    beside,
    ...chosen,
    metrics,
    telemetry,
    rangeTest: RangeTest.of(trainer),
    stage: { warmSince: null, isProfiled: false },
    gallery: { subjects: subjectsOf(plan, all), epoch: null, took: { last: null, sum: 0 } },
  };
}

export const hasNextStage = ({ run, progress }: Session): boolean =>
  progress.stage.index + 1 < stagesOf(run.plan).length;

/** The network goes on with the weights that it has; the optimizers of the next stage begin anew. */
export function enterNextStage(session: Session): void {
  const { run, step } = session;
  step.dispose();
  session.progress = withNextStage(session.progress, step.iteration);
  session.bestWeights = null;
  Object.assign(session, openStage(run, session));
}

/** The number of the epoch that ends the stage, where nothing ends it early. */
export const lastEpochOfStage = ({ progress, trainer }: Session): number =>
  progress.stage.epochs + trainer.epochs;

/** The number of the epoch that ends the run. */
export const lastEpoch = (session: Session): number =>
  stagesOf(session.run.plan)
    .slice(session.progress.stage.index + 1)
    .reduce((sum, [trainer]) => sum + trainer.epochs, lastEpochOfStage(session));

export function closeSession({ step, network }: Session): void {
  step.dispose();
  network.dispose();
}

function resume(session: Session, { state, progress }: Checkpoint): Result<null> {
  const { step, trainer } = session;
  const written = step.writeState(state);
  if (!written.ok) return written;
  const rates = { ...progress.rates, [trainer.block]: progress.learningRate };
  for (const [block, rate] of Object.entries(rates)) step.askRate(block, rate);
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
  const { learningRate, rates } = step;
  return { ...progress, seconds: progress.seconds + clock.seconds, learningRate, rates };
}

/** A checkpoint without the plan and the preparation beside it is of no use. Problems: `run/folder-gone`. */
export const folderIsThere = ({ run: { folder } }: Session): Result<null> =>
  existsSync(path.join(folder, RUN_FILES.preparation))
    ? ok(null)
    : fail(
        'run/folder-gone',
        `The folder ${folder} was removed or renamed while the run went on, so that the run was stopped. Put it back and continue, or train again.`,
      );

/** All that is needed to go on from now, in this file; `isDurable`: also after a power cut. Problems: of the disk. */
export async function saveNow(
  session: Session,
  file: string,
  state: StepState,
  heed: Heed,
  isDurable = true,
): Promise<Result<null>> {
  const there = folderIsThere(session);
  if (!there.ok) return there;
  const { plan, seed } = session.run;
  const progress = currentProgress(session);
  return writeCheckpoint(file, { trainingKey: keyOf(plan), seed, state, progress }, heed, isDurable);
}
