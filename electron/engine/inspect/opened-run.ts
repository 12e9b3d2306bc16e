/**
 * Owns a run that is being looked at: its plan, its data as it saw them, and one network that takes the weights of the
 * epoch in question. Everything is made when it is first needed: looking at kept predictions needs no TensorFlow.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Plan, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import type { Part } from '../../../shared/document/facts';
import type { PreparationState } from '../../../shared/document/preparation';
import type { EngineSettings } from '../../../shared/protocol/engine';
import { RUN_FILES, predictionsFile } from '../../../shared/protocol/run';
import type { SampleView } from '../../../shared/protocol/samples';
import { fail, ok, type Result } from '../../../shared/result';
import type { DataSet } from '../../data/data-set';
import { describeSample } from '../../data/samples';
import { checkpointPath, readCheckpoint } from '../checkpoint/checkpoint';
import { readNpy } from '../files/npy';
import { loadBackend } from '../native';
import { buildNetwork, type Network } from '../network/network';
import { loadRunData, type RunData } from '../run-data';
import { keptEpoch, readFingerprints, readPlan, readPreparation } from '../run-folder';
import { evaluate, type Judgement, type Predictions } from '../step/evaluate';
import type { Samples } from '../step/samples';
import { breather } from '../training/breather';
import { planSamples } from '../training/plan-samples';

const partNames: Record<Part, string> = { train: 'training', validation: 'validation', test: 'test' };

const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export class OpenedRun {
  private network: Network | null = null;
  /** Checkpoint whose weights the network holds, and when it was written. */
  private loaded = '';

  private constructor(
    readonly run: string,
    readonly plan: Plan,
    private readonly settings: EngineSettings,
    private readonly data: RunData,
    readonly samples: Samples,
  ) {}

  static async open(run: string, folder: string, settings: EngineSettings): Promise<Result<OpenedRun>> {
    const plan = readPlan(run);
    if (!plan.ok) return plan;
    const fingerprints = readFingerprints(run);
    if (!fingerprints.ok) return fingerprints;
    const preparation = readPreparation(run);
    if (!preparation.ok) return preparation;
    const context = { folder, cacheFolder: settings.cacheFolder };
    const data = await loadRunData(plan.value, context, fingerprints.value, preparation.value);
    if (!data.ok) return data;
    return ok(new OpenedRun(run, plan.value, settings, data.value, planSamples(plan.value, data.value.prepared)));
  }

  get trainer(): PlanTrainer {
    return this.plan.trainers[0];
  }

  get preparation(): PreparationState {
    return this.data.prepared.state;
  }

  /** The first loss of the trainer that is of one of these tasks. */
  lossOf(tasks: readonly PlanLoss['task'][]): PlanLoss | null {
    const { losses } = this.trainer;
    return this.plan.losses.find(({ block, task }) => losses.includes(block) && tasks.includes(task)) ?? null;
  }

  rowsOf(part: Part): Result<Int32Array> {
    const rows = this.samples.parts[part];
    return rows.length > 0 ? ok(rows) : fail('run/no-part', `This run has no ${partNames[part]} samples. Choose another part.`);
  }

  view(row: number): SampleView {
    return describeSample(this.shownData(), row);
  }

  /** The source that the first input reads. */
  private shownData(): DataSet {
    let block = this.plan.inputs[0].dataset;
    for (let data = this.data.dataSets.get(block); ; data = this.data.dataSets.get(block)) {
      if (data !== undefined) return data;
      const from = this.plan.datasets.find((step) => step.block === block)?.from;
      if (from === null || from === undefined) throw new Error(`the plan brings no data to ${block}`);
      block = from;
    }
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
      const written = this.network.writeWeights(checkpoint.value.state.tensors);
      if (!written.ok) return written;
      this.loaded = identity;
    }
    return ok(this.network);
  }

  private checkpointOf(epoch: number | 'kept'): Result<string> {
    const number = epoch === 'kept' ? keptEpoch(this.run) : ok(epoch);
    if (!number.ok) return number;
    const file = checkpointPath(this.run, number.value);
    return timeOf(file) > 0
      ? ok(file)
      : fail('run/no-checkpoint', `The weights of epoch ${number.value} are not kept any more (${file}). Look at another epoch.`);
  }

  /** Runs the network over rows of these samples: the run's own, or others that were prepared alike. */
  async judge(network: Network, samples: Samples, rows: Int32Array): Promise<Judgement> {
    return evaluate({ plan: this.plan, trainer: this.trainer, network, samples, rows, breathe: breather() });
  }

  /** What the loss' network put out for a part, in the order of its rows: from the run's files, else computed. */
  async predictions(loss: PlanLoss, part: Part, epoch: number | 'kept'): Promise<Result<Predictions>> {
    const rows = this.rowsOf(part);
    if (!rows.ok) return rows;
    const kept = loss.block === this.trainer.losses[0] ? this.storedPredictions(part, epoch, rows.value.length) : null;
    if (kept !== null) return ok(kept);
    const network = await this.networkOf(epoch);
    if (!network.ok) return network;
    const { predictions } = await this.judge(network.value, this.samples, rows.value);
    const found = predictions.get(loss.block);
    if (found === undefined) throw new Error(`nothing was predicted for ${loss.block}`);
    return ok(found);
  }

  /** null where there are none, or where the kept weights are newer than what was predicted with older ones. */
  private storedPredictions(part: Part, epoch: number | 'kept', n: number): Predictions | null {
    const file = path.join(this.run, RUN_FILES.predictions, predictionsFile(part, epoch));
    const checkpoint = this.checkpointOf(epoch);
    if (epoch === 'kept' && checkpoint.ok && timeOf(checkpoint.value) > timeOf(file)) return null;
    const stored = readNpy(file);
    if (!stored.ok || stored.value.shape[0] !== n) return null;
    return { values: stored.value.values, width: stored.value.values.length / n };
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

  async get(run: string, folder: string): Promise<Result<OpenedRun>> {
    const times = [RUN_FILES.plan, RUN_FILES.preparation].map((name) => timeOf(path.join(run, name)));
    const key = JSON.stringify([run, folder, ...times]);
    if (this.opened !== null && this.key === key) return ok(this.opened);
    this.opened?.dispose();
    this.opened = null;
    const opened = await OpenedRun.open(run, folder, this.settings);
    if (opened.ok) {
      this.key = key;
      this.opened = opened.value;
    }
    return opened;
  }
}
