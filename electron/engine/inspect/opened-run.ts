/**
 * Owns a run that is being looked at: its plan, its data as it saw them, and one network that takes the weights of the
 * epoch in question. Each is made when it is first needed: looking at kept predictions needs no TensorFlow, and a network
 * can be taken away when its data are gone.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Plan, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import { mainTrainer } from '../../../shared/compiler/stages';
import type { Part } from '../../../shared/document/facts';
import type { PreparationState } from '../../../shared/document/preparation';
import type { EngineSettings } from '../../../shared/protocol/engine';
import { RUN_FILES, predictionsFile } from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { checkpointPath, readCheckpoint } from '../checkpoint/checkpoint';
import { readNpy } from '../files/npy';
import { loadBackend } from '../native';
import { buildNetwork, type Network } from '../network/network';
import { loadRunData, type Fingerprints } from '../run-data';
import { keptEpoch, lastReport, readFingerprints, readPlan, readPreparation } from '../run-folder';
import { averagedWeights } from '../step/averaged-weights';
import { evaluateAll, type Judgement, type Predictions } from '../step/evaluate';
import type { Samples } from '../step/samples';
import { breather } from '../training/breather';
import { RunSamples } from './run-samples';

const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** What was written down when the run was made. */
interface Frozen {
  run: string;
  /** Relative paths of its data are resolved against it. */
  folder: string;
  plan: Plan;
  fingerprints: Fingerprints;
  preparation: PreparationState;
}

/** What is asked about: the rows of a part, and the epoch whose weights answer, else the kept one. */
interface Asked {
  part: Part;
  epoch?: number | 'kept';
}

/** What the network put out for one loss. */
interface Answers {
  own: RunSamples;
  rows: Int32Array;
  /** In the order of the rows. */
  predictions: Predictions;
}

export class OpenedRun {
  private network: Network | null = null;
  /** Checkpoint whose weights the network holds, and when it was written. */
  private loaded = '';
  private data: RunSamples | null = null;

  private constructor(
    private readonly frozen: Frozen,
    private readonly settings: EngineSettings,
  ) {}

  static open(run: string, folder: string, settings: EngineSettings): Result<OpenedRun> {
    const plan = readPlan(run);
    if (!plan.ok) return plan;
    const fingerprints = readFingerprints(run);
    if (!fingerprints.ok) return fingerprints;
    const preparation = readPreparation(run);
    if (!preparation.ok) return preparation;
    const frozen = {
      run,
      folder,
      plan: plan.value,
      fingerprints: fingerprints.value,
      preparation: preparation.value,
    };
    return ok(new OpenedRun(frozen, settings));
  }

  get plan(): Plan {
    return this.frozen.plan;
  }

  get preparation(): PreparationState {
    return this.frozen.preparation;
  }

  get trainer(): PlanTrainer {
    return mainTrainer(this.plan);
  }

  /** The Train block of this name, else the one that the run is judged by. Problems: `run/no-trainer`. */
  trainerOf(block = this.trainer.block): Result<PlanTrainer> {
    const { trainers } = this.plan;
    const found = trainers.find((trainer) => trainer.block === block);
    return found
      ? ok(found)
      : fail(
          'run/no-trainer',
          `The run has no Train block ${block}; its network is trained by ${trainers.map((trainer) => trainer.block).join(' and ')}.`,
        );
  }

  /** The one that predictions are of. */
  firstLoss(trainer = this.trainer): PlanLoss {
    const loss = this.plan.losses.find(({ block }) => block === trainer.losses[0]);
    if (loss === undefined) throw new Error('the trainer has no loss');
    return loss;
  }

  /** Why a view of answers has nothing to show where the losses are of other tasks. */
  withoutAnswers(code: string, otherwise: string): Result<never> {
    const answers = this.lossOf(['classification', 'binary', 'regression']);
    return fail(
      code,
      answers === null
        ? 'This network is judged by nothing but its loss, so there are no right answers to compare its own with.'
        : otherwise,
    );
  }

  /** The first loss of the trainer that is of one of these tasks. */
  lossOf(tasks: readonly PlanLoss['task'][]): PlanLoss | null {
    const { losses } = this.trainer;
    return this.plan.losses.find(({ block, task }) => losses.includes(block) && tasks.includes(task)) ?? null;
  }

  /** Problems: the data are not where they were, or have changed. */
  async samples(): Promise<Result<RunSamples>> {
    if (this.data !== null) return ok(this.data);
    const { plan, folder, fingerprints, preparation } = this.frozen;
    const context = { folder, cacheFolder: this.settings.cacheFolder };
    const read = await loadRunData(plan, context, fingerprints, preparation);
    if (!read.ok) return read;
    this.data = new RunSamples(plan, read.value);
    return ok(this.data);
  }

  /** The network with the weights after this epoch, or with those that were kept. */
  async networkOf(epoch: number | 'kept'): Promise<Result<Network>> {
    const backend = await loadBackend(this.settings);
    if (!backend.ok) return backend;
    const file = this.checkpointOf(epoch);
    if (!file.ok) return file;
    this.network ??= buildNetwork(this.plan, { seed: 0 });
    const identity = `${file.value} ${timeOf(file.value)}`;
    if (this.loaded !== identity) {
      const checkpoint = readCheckpoint(file.value);
      if (!checkpoint.ok) return checkpoint;
      const written = this.network.writeWeights(averagedWeights(checkpoint.value.state.tensors));
      if (!written.ok) return written;
      this.loaded = identity;
    }
    return ok(this.network);
  }

  private checkpointOf(epoch: number | 'kept'): Result<string> {
    const number = epoch === 'kept' ? keptEpoch(this.frozen.run) : ok(epoch);
    if (!number.ok) return number;
    const file = checkpointPath(this.frozen.run, number.value);
    return timeOf(file) > 0
      ? ok(file)
      : fail(
          'run/no-checkpoint',
          `The weights of epoch ${number.value} are not kept any more (${file}). Look at another epoch.`,
        );
  }

  /** Runs the network over rows of these samples: the run's own, or others that were prepared alike. */
  async judge(
    network: Network,
    samples: Samples,
    rows: Int32Array,
    trainer = this.trainer,
  ): Promise<Judgement> {
    return evaluateAll({ plan: this.plan, trainer, network, samples, rows }, breather());
  }

  /** What the run computed at its end of a part with so many rows; null where it left that out, or it does not hold any more. */
  storedJudgement(trainer: PlanTrainer, part: Part, n: number): Judgement | null {
    const report = lastReport(this.frozen.run);
    const figures = report?.trainers ? report.trainers[trainer.block]?.metrics : report?.metrics;
    const metrics = figures?.[part];
    if (metrics === undefined) return null;
    const first = this.firstLoss(trainer);
    const predictions = this.storedPredictions(first, part, n, 'kept');
    return predictions === null ? null : { metrics, predictions: new Map([[first.block, predictions]]) };
  }

  /** What was put out for a loss: from the run's files, else computed. Problems: of `samples`, or the part is empty. */
  async answersOf(loss: PlanLoss, { part, epoch = 'kept' }: Asked): Promise<Result<Answers>> {
    const samples = await this.samples();
    if (!samples.ok) return samples;
    const own = samples.value;
    const found = own.rowsOf(part);
    if (!found.ok) return found;
    const rows = found.value;
    const stored = this.storedPredictions(loss, part, rows.length, epoch);
    if (stored !== null) return ok({ own, rows, predictions: stored });
    const network = await this.networkOf(epoch);
    if (!network.ok) return network;
    const predictions = (await this.judge(network.value, own.samples, rows)).predictions.get(loss.block);
    if (predictions === undefined) throw new Error(`nothing was predicted for ${loss.block}`);
    return ok({ own, rows, predictions });
  }

  /** null where there are none, or where the kept weights are newer than what was predicted with older ones. */
  private storedPredictions(
    { block }: PlanLoss,
    part: Part,
    n: number,
    epoch: number | 'kept',
  ): Predictions | null {
    const of = block === this.trainer.losses[0] ? part : `${part}-${block}`;
    const name = predictionsFile(of, epoch);
    const file = path.join(this.frozen.run, RUN_FILES.predictions, name);
    const checkpoint = this.checkpointOf(epoch);
    if (epoch === 'kept' && checkpoint.ok && timeOf(checkpoint.value) > timeOf(file)) return null;
    const stored = readNpy(file);
    const losses = readNpy(path.join(this.frozen.run, RUN_FILES.losses, name));
    if (!stored.ok || !losses.ok || stored.value.shape[0] !== n || losses.value.shape[0] !== n) return null;
    const { values } = stored.value;
    return { values, width: values.length / n, losses: losses.value.values };
  }

  dispose(): void {
    this.network?.dispose();
  }
}

/** The run that was looked at last stays open: the next question is most often about it. */
export class OpenRuns {
  private key = '';
  private opened: OpenedRun | null = null;

  constructor(private readonly settings: EngineSettings) {}

  get(run: string, folder: string): Result<OpenedRun> {
    // A run that was trained further has another plan.
    const times = [RUN_FILES.plan, RUN_FILES.preparation].map((name) => timeOf(path.join(run, name)));
    const key = JSON.stringify([run, folder, ...times]);
    if (this.opened !== null && this.key === key) return ok(this.opened);
    this.opened?.dispose();
    this.opened = null;
    const opened = OpenedRun.open(run, folder, this.settings);
    if (opened.ok) {
      this.key = key;
      this.opened = opened.value;
    }
    return opened;
  }
}
