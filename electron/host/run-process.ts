/** One stretch of a run: an engine process from its start to its end, and what becomes of the record meanwhile. */
import {
  report as reportSchema,
  type RunEvent,
  type RunRecord,
  type RunState,
} from '../../shared/protocol/run';
import { fail, type Problem, type Result } from '../../shared/result';
import type { EngineSettings, TrainRequests } from '../../shared/protocol/engine';
import { notSignificant, type EarlierRun } from '../../shared/metrics/run-comparison';
import { earlierRuns } from './earlier-runs';
import { EngineClient, trainLimits } from './engine-client';
import type { Launcher } from './launcher';
import { dataFolderOf, lastCheckpoint, Ledger, removeHalfWritten, writeRecord } from './run-folder';

export interface RunListener {
  event(event: RunEvent): void;
  state(record: RunRecord): void;
  /** Seconds without a sign of the engine; 0 when it is heard again. */
  silence(seconds: number): void;
}

/** How long a silent engine may take to hear that it should stop. */
const STOP_SILENT_MS = 3000;

export type Profile = TrainRequests['train']['profile'];

type Report = Extract<RunEvent, { type: 'report' }>;

const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed', 'lost'];
export const hasEnded = (state: RunState): boolean => ENDED.includes(state);

function stateAfter({ stopped }: Report): RunState {
  switch (stopped) {
    case 'finished':
    case 'early':
      return 'finished';
    case 'asked':
      return 'stopped';
    case 'not-finite':
    case 'failed':
      return 'failed';
  }
}

/** The sentence of a run that failed though it has a report. */
const failureOf = ({ diagnostics }: Report): string | undefined =>
  diagnostics.filter((diagnostic) => diagnostic.severity === 'error').pop()?.message;

export class RunProcess {
  private client: EngineClient | null = null;
  private readonly ledger: Ledger;
  private stopAsked = false;
  /** Before there was anything to report. */
  private endedByHand = false;
  /** Steps were made in this stretch. */
  private hasTrained = false;
  private earlier: EarlierRun[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(
    public record: RunRecord,
    private readonly listener: RunListener,
  ) {
    this.ledger = new Ledger(record.run, (message) => this.listener.event(this.ledgerRefused(message)));
  }

  /** Trains until the engine has ended. `continues`: from the last checkpoint. Resolves when everything is written. */
  async train(
    launcher: Launcher,
    settings: EngineSettings,
    { continues, profile }: { continues: boolean; profile?: Profile },
  ): Promise<RunRecord> {
    if (this.wasStopped) return this.end('stopped');
    await this.become('preparing');
    this.earlier = await earlierRuns(this.record);
    const from = continues ? await lastCheckpoint(this.record) : null;
    if (this.wasStopped) return this.end('stopped');
    const client = new EngineClient(
      launcher,
      settings,
      trainLimits(),
      (event) => this.hear(event),
      (seconds) => this.listener.silence(seconds),
    );
    this.client = client;
    const { run, seed } = this.record;
    const answer = client.request('train', {
      run,
      folder: dataFolderOf(run),
      seed,
      profile,
      ...(from ? { checkpoint: from.file } : {}),
    });
    const result = await Promise.race([answer, client.ended.then(() => answer)]);
    const lost = client.over ? (await client.ended).reason : null;
    await client.quit();
    await this.conclude(result, lost);
    await this.settled();
    return this.record;
  }

  /** A getter: it changes while the engine is made ready. */
  private get wasStopped(): boolean {
    return this.stopAsked;
  }

  /** Before anything could be trained. */
  async refuse(problem: Problem): Promise<RunRecord> {
    this.failed(problem);
    await this.settled();
    return this.record;
  }

  /** Taken from the queue. */
  cancel(): Promise<RunRecord> {
    return this.end('stopped');
  }

  /**
   * It is said to be stopping at once, ends its step, computes the figures of what it keeps and writes its report. Asked
   * again, it leaves out the figures that are not there yet; one that has not begun to train is ended.
   */
  stop(): void {
    const isAskedAgain = this.stopAsked;
    this.stopAsked = true;
    const { client } = this;
    if (hasEnded(this.record.state)) return;
    if (client && isAskedAgain && !this.hasTrained) {
      this.endedByHand = true;
      return client.kill('was ended before it began to train');
    }
    void this.become('stopping');
    if (!client) return;
    // An engine that hangs does not hear it.
    if (client.isSilent)
      setTimeout(() => {
        if (client.isSilent) client.kill('did not answer when it was asked to stop, and was ended');
      }, STOP_SILENT_MS).unref();
    void client.request('stop', {});
  }

  pause(): Promise<Result<unknown>> {
    return this.client ? this.client.request('pause', {}) : Promise.resolve({ ok: true, value: null });
  }

  resume(): Promise<Result<unknown>> {
    return this.client ? this.client.request('resume', {}) : Promise.resolve({ ok: true, value: null });
  }

  /** What only a run that has its engine can do. */
  steer<T>(ask: (engine: EngineClient) => Promise<Result<T>>): Promise<Result<T>> {
    if (this.client) return ask(this.client);
    return Promise.resolve(
      fail('run/waits', `Run ${this.record.number} has not begun. Ask again when it trains.`),
    );
  }

  kill(reason: string): void {
    this.client?.kill(reason);
  }

  private hear(event: RunEvent): void {
    if (event.type === 'report') this.compare(event);
    if (event.type !== 'judging') this.ledger.append(event);
    this.listener.event(event);
    switch (event.type) {
      case 'started':
        this.hasTrained = true;
        return this.goesOn('running');
      case 'resumed':
        return this.goesOn('running');
      case 'paused':
        return this.goesOn('paused');
      case 'report': {
        const { time: _, ...report } = event;
        this.record = { ...this.record, report };
        const state = stateAfter(event);
        return void this.become(
          state,
          state === 'failed' ? (failureOf(event) ?? 'The run failed.') : undefined,
        );
      }
      case 'failed':
        return void this.become('failed', event.message);
      default:
        return;
    }
  }

  /** A run that was asked to stop is said to be stopping until it has ended. */
  private goesOn(state: 'running' | 'paused'): void {
    if (!this.stopAsked) void this.become(state);
  }

  /** The engine knows of no other run. */
  private compare({ metrics, stopped }: Report): void {
    if (stopped !== 'finished' && stopped !== 'early') return;
    const diagnostic = notSignificant({ planHash: this.record.planHash, metrics }, this.earlier);
    if (diagnostic !== null) this.hear({ type: 'diagnostic', time: Date.now(), diagnostic });
  }

  /** What the engine did not say itself, the host writes down. */
  private async conclude(result: Result<unknown>, lost: string | null): Promise<void> {
    if (hasEnded(this.record.state)) return;
    if (this.endedByHand) return this.become('stopped');
    if (lost !== null) return this.lost(lost);
    // What it was still reading was left off.
    if (!result.ok && this.stopAsked && result.problem.code === 'data/stopped') return this.become('stopped');
    if (!result.ok)
      return this.failed(
        this.hasTrained ? await withWhatIsKept(result.problem, this.record) : result.problem,
      );
    const report = reportSchema.safeParse(result.value);
    if (report.success) this.hear({ ...report.data, time: Date.now() });
    else if (this.stopAsked) await this.become('stopped');
    else
      this.failed({
        code: 'engine/no-report',
        message: 'The engine ended the run without a report. Run it again.',
      });
  }

  private async lost(reason: string): Promise<void> {
    await removeHalfWritten(this.record.run);
    const lastEpoch = (await lastCheckpoint(this.record))?.epoch ?? 0;
    const event: RunEvent = { type: 'lost', time: Date.now(), reason, lastEpoch };
    this.ledger.append(event);
    this.listener.event(event);
    await this.become('lost', lostSentence(reason, lastEpoch));
  }

  private failed({ code, message }: Problem): void {
    this.hear({ type: 'failed', time: Date.now(), code, message });
  }

  /** Resolves when the disk knows all that happened so far. */
  async settled(): Promise<void> {
    await this.ledger.settled();
    await this.writing;
  }

  private async end(state: RunState): Promise<RunRecord> {
    await this.become(state);
    return this.record;
  }

  private async become(state: RunState, message?: string): Promise<void> {
    const { message: _, ...record } = this.record;
    this.record = message === undefined ? { ...record, state } : { ...record, state, message };
    const current = this.record;
    this.writing = this.writing.then(() => this.announce(current));
    await this.writing;
  }

  /** Who hears of a state finds it on the disk, with every event before it; states never overtake each other. */
  private async announce(record: RunRecord): Promise<void> {
    await this.ledger.settled();
    const written = await writeRecord(record);
    if (!written.ok) this.listener.event(this.ledgerRefused(written.problem.message));
    this.listener.state(record);
  }

  private ledgerRefused(message: string): RunEvent {
    return {
      type: 'diagnostic',
      time: Date.now(),
      diagnostic: {
        code: 'run/not-written',
        severity: 'warning',
        block: null,
        message,
        why: 'The run goes on, but its record has a gap.',
      },
    };
  }
}

/** A run that failed for want of disk space, say, can go on once that is mended. */
async function withWhatIsKept({ code, message }: Problem, record: RunRecord): Promise<Problem> {
  const last = await lastCheckpoint(record);
  if (last === null) return { code, message };
  return {
    code,
    message: `${message} Everything up to epoch ${last.epoch} is kept; continue the run to go on from there.`,
  };
}

export function lostSentence(reason: string, lastEpoch: number): string {
  const kept =
    lastEpoch === 0
      ? 'No epoch was complete, so it starts again from where it began.'
      : `Everything up to epoch ${lastEpoch} is kept.`;
  return `The engine ${reason}. ${kept} Continue the run to go on.`;
}
