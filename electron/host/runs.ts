/**
 * Owns the runs: starts them, lets as many train as are set while others wait, continues what was lost, and lists what
 * there is. A run's identity is its folder; after a move the old name still finds it.
 */
import path from 'node:path';
import type { Document } from '../../shared/document/document';
import {
  RUN_FILES,
  type EvaluatedNow,
  type Examination,
  type RateChange,
  type RunEvent,
  type RunOrder,
  type RunRecord,
  type Snapshot,
} from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import type { Boundary } from './boundary';
import type { Data } from './data';
import { readDocument } from './document-file';
import type { EngineClient } from './engine-client';
import type { Emit } from './events';
import type { HostFolders } from './folders';
import type { Launcher } from './launcher';
import type { NativeEngine } from './native-engine';
import type { ProjectPlace } from './projects';
import {
  dataFolderOf,
  lastCheckpoint,
  Ledger,
  numberOf,
  readEvents,
  readRecord,
  removeHalfWritten,
  runFoldersIn,
  runsBeside,
  writeRecord,
} from './run-folder';
import { branchRun } from './run-branch';
import { freezeRun, lengthenRun, type RunRequest } from './run-freeze';
import type { Heartbeat } from './heartbeat';
import { isAtWork, startRunHeartbeat } from './run-heartbeat';
import { moveRuns, RunMoves } from './run-move';
import { hasEnded, lostSentence, RunProcess, type Profile } from './run-process';
import { RunQueue } from './run-queue';
import type { Settings } from './settings';
import { keyOf } from './autosaves';

interface Task {
  process: RunProcess;
  heartbeat: Heartbeat;
  /** Go on from the last checkpoint. */
  continues: boolean;
  profile: Profile;
  done: (record: RunRecord) => void;
  ended: Promise<RunRecord>;
}

const notGoing = () => fail('run/not-going', 'This run is not going any more.');

export class Runs {
  private readonly queue = new RunQueue<Task>();
  private readonly moves = new RunMoves();
  /** Folders in the data folder whose project has a file now. */
  private readonly followed = new Map<string, ProjectPlace>();
  private closing = false;

  constructor(
    private readonly launcher: Launcher,
    private readonly folders: HostFolders,
    private readonly engine: NativeEngine,
    private readonly settings: Settings,
    private readonly data: Data,
    private readonly boundary: Boundary,
    private readonly emit: Emit,
  ) {}

  /**
   * `chosen`: the folder to make it in, instead of the next one of the project. `profile`: each stage is profiled, and
   * with `only` not trained beyond that.
   */
  async start(
    session: ProjectPlace,
    document: Document,
    seed: number,
    { chosen, profile }: { chosen?: string; profile?: Profile } = {},
  ): Promise<Result<RunRecord>> {
    const number = Math.max(0, ...(await this.foldersOf(session)).map(numberOf)) + 1;
    const place: RunRequest['place'] =
      chosen !== undefined
        ? { kind: 'chosen', run: path.resolve(chosen) }
        : session.path !== null
          ? { kind: 'beside', runs: runsBeside(session.path), number }
          : { kind: 'apart', runs: this.apart(session), number };
    const frozen = await freezeRun(this.data, {
      document,
      project: session.name,
      folder: session.folder,
      seed,
      place,
    });
    if (!frozen.ok) return frozen;
    await this.enqueue(frozen.value, false, profile);
    return frozen;
  }

  /** A new run goes on from a state that this one kept. `epochs`: how many in all. */
  async branch(
    run: string,
    snapshot: string,
    epochs?: number,
    profile?: Profile,
  ): Promise<Result<RunRecord>> {
    const found = await this.find(run);
    if (!found.ok) return found;
    const frozen = await this.frozen(found.value);
    if (!frozen.ok) return frozen;
    const branched = await branchRun(found.value, snapshot);
    if (!branched.ok) return branched;
    const made = epochs === undefined ? branched : await lengthenRun(branched.value, frozen.value, epochs);
    if (made.ok) await this.enqueue(made.value, true, profile);
    return made;
  }

  /** From the last checkpoint. `epochs`: how many in all, where that is more than the run was made for. */
  async continue(run: string, epochs?: number, profile?: Profile): Promise<Result<RunRecord>> {
    const found = await this.find(run);
    if (!found.ok) return found;
    const record = found.value;
    if (this.task(record.run)) return fail('run/already-going', `Run ${record.number} is already going.`);
    if (!hasEnded(record.state))
      return fail(
        'run/goes-elsewhere',
        `Run ${record.number} is being trained by another Axonry. Wait for it or stop it there.`,
      );
    const trained = record.report?.epochs ?? 0;
    if (epochs !== undefined && epochs <= trained)
      return fail(
        'run/epochs',
        `Run ${record.number} was trained for ${trained} epochs. Ask for more than that.`,
      );
    if (record.state === 'finished' && epochs === undefined)
      return fail(
        'run/finished',
        `Run ${record.number} is finished. Say for how many epochs in all it should go on, with --epochs.`,
      );
    const frozen = await this.frozen(record);
    if (!frozen.ok) return frozen;
    const lengthened = epochs === undefined ? ok(record) : await lengthenRun(record, frozen.value, epochs);
    if (!lengthened.ok) return lengthened;
    const { message: _, ...rest } = lengthened.value;
    const queued: RunRecord = { ...rest, state: 'queued' };
    const written = await writeRecord(queued);
    if (!written.ok) return written;
    await this.enqueue(queued, true, profile);
    return ok(queued);
  }

  async pause(run: string): Promise<Result<null>> {
    return this.ask(run, (process) => process.pause());
  }

  async resume(run: string): Promise<Result<null>> {
    return this.ask(run, (process) => process.resume());
  }

  /** Which runs train, and which wait, in the order in which they begin. */
  get order(): RunOrder {
    const shown = ({ process: { record } }: Task): RunOrder['training'][number] => {
      const { run, number, project, document } = record;
      return { run, number, project, document };
    };
    return { training: this.queue.training.map(shown), waiting: this.queue.waiting.map(shown) };
  }

  /** `place` counts from 0 among the runs that wait. One that trains already is left alone. */
  move(run: string, place: number): Result<null> {
    const task = this.task(this.currentFolder(run));
    if (!task) return notGoing();
    this.queue.move(task, place);
    this.tellOrder();
    return ok(null);
  }

  /** Lets those begin that wait, where more may train at once than before. */
  begin(): void {
    while (!this.closing) {
      const task = this.queue.begin(this.settings.state.runsAtOnce);
      if (!task) return;
      void this.work(task);
      this.tellOrder();
    }
  }

  /** One step; the run is paused before and after it. */
  async step(run: string): Promise<Result<null>> {
    return this.ask(run, (process) => process.steer((engine) => engine.request('stepOnce', {})));
  }

  async evaluateNow(run: string): Promise<Result<EvaluatedNow>> {
    return this.steer(run, (engine) => engine.request('evaluateNow', {}));
  }

  async profile(run: string): Promise<Result<Examination>> {
    return this.steer(run, (engine) => engine.request('profile', {}));
  }

  async keepSnapshot(run: string): Promise<Result<Snapshot>> {
    return this.steer(run, (engine) => engine.request('snapshot', {}));
  }

  async setLearningRate(run: string, value: number, trainer?: string): Promise<Result<RateChange>> {
    return this.steer(run, (engine) => engine.request('setLearningRate', { value, trainer }));
  }

  /** A waiting run is taken from the queue; of a training one see `RunProcess.stop`. */
  async stop(run: string): Promise<Result<null>> {
    const task = this.task(this.currentFolder(run));
    if (!task) return notGoing();
    if (this.queue.waiting.includes(task)) {
      await this.takeAway(task);
      return ok(null);
    }
    task.process.stop();
    return ok(null);
  }

  async list(session: ProjectPlace): Promise<RunRecord[]> {
    const records: RunRecord[] = [];
    for (const folder of await this.foldersOf(session)) {
      const record = await this.find(folder);
      if (record.ok) records.push(record.value);
    }
    return records.sort((a, b) => b.number - a.number);
  }

  async read(run: string): Promise<Result<{ record: RunRecord; events: RunEvent[] }>> {
    const found = await this.find(run);
    if (!found.ok) return found;
    const { run: folder } = found.value;
    await this.task(folder)?.process.settled();
    return ok({ record: found.value, events: await readEvents(folder) });
  }

  /** The record as it is now. A run that nobody works on any more is marked as lost. */
  async find(run: string): Promise<Result<RunRecord>> {
    const admitted = await this.boundary.admit(this.currentFolder(run));
    if (!admitted.ok) return admitted;
    const folder = admitted.value;
    const task = this.task(folder);
    if (task) return ok(task.process.record);
    const read = await readRecord(folder);
    if (!read.ok || hasEnded(read.value.state) || (await isAtWork(folder))) return read;
    return ok(await this.markLost(read.value));
  }

  /** Resolves with the last record when a run that was started here has ended. */
  async ended(run: string): Promise<Result<RunRecord>> {
    const task = this.task(this.currentFolder(run));
    return task ? ok(await task.ended) : this.find(run);
  }

  /** Brings the runs of a project that has just got a file to it. One that is going follows when it has ended. */
  follow(session: ProjectPlace): Promise<void> {
    if (session.path === null) return Promise.resolve();
    const [apart, beside] = [this.apart(session), runsBeside(session.path)];
    this.followed.set(apart, session);
    return this.moves.after(() => this.moveBeside(apart, beside));
  }

  /** Ends every engine; what was training can be continued. */
  async close(): Promise<void> {
    this.closing = true;
    for (const task of [...this.queue.waiting]) await this.takeAway(task);
    await Promise.all(
      this.queue.training.map(({ process, ended }) => {
        process.kill('was ended because Axonry was closed');
        return ended;
      }),
    );
  }

  /** The document that it was made of, where its data may be read. */
  private async frozen({ run }: RunRecord): Promise<Result<Document>> {
    const frozen = await readDocument(path.join(run, RUN_FILES.document));
    if (!frozen.ok) return frozen;
    const admitted = await this.data.admitted(frozen.value.document, dataFolderOf(run));
    return admitted.ok ? ok(frozen.value.document) : admitted;
  }

  private async moveBeside(apart: string, beside: string): Promise<void> {
    const going = this.queue.all.map((task) => task.process.record.run);
    for (const { from, to, record } of await moveRuns(apart, beside, going)) {
      this.moves.add(from, to);
      if (record) this.emit({ type: 'run-moved', from, record });
    }
  }

  private apart(session: ProjectPlace): string {
    return path.join(this.folders.data, 'runs', keyOf(session.documentId));
  }

  private async foldersOf(session: ProjectPlace): Promise<string[]> {
    const beside = session.path === null ? [] : await runFoldersIn(runsBeside(session.path));
    return [...beside, ...(await runFoldersIn(this.apart(session)))];
  }

  private currentFolder(run: string): string {
    return this.moves.folderOf(path.resolve(run));
  }

  private task(run: string): Task | undefined {
    return this.queue.all.find((task) => task.process.record.run === run);
  }

  private steer<T>(run: string, ask: (engine: EngineClient) => Promise<Result<T>>): Promise<Result<T>> {
    const task = this.task(this.currentFolder(run));
    return task ? task.process.steer(ask) : Promise.resolve(notGoing());
  }

  private async ask(
    run: string,
    request: (process: RunProcess) => Promise<Result<unknown>>,
  ): Promise<Result<null>> {
    const task = this.task(this.currentFolder(run));
    if (!task) return notGoing();
    const answer = await request(task.process);
    return answer.ok ? ok(null) : answer;
  }

  private async enqueue(record: RunRecord, continues: boolean, profile?: Profile): Promise<void> {
    const process = new RunProcess(record, {
      event: (event) => this.emit({ type: 'run', run: process.record.run, event }),
      state: (changed) => this.emit({ type: 'run-state', record: changed }),
      silence: (seconds) => this.emit({ type: 'silence', run: process.record.run, seconds }),
    });
    let done: Task['done'] = () => undefined;
    const ended = new Promise<RunRecord>((resolve) => (done = resolve));
    const heartbeat = await startRunHeartbeat(record.run);
    this.queue.add({ process, heartbeat, continues, profile, done, ended });
    this.emit({ type: 'run-state', record });
    this.tellOrder();
    this.begin();
  }

  private async work(task: Task): Promise<void> {
    const record = await this.train(task);
    this.queue.remove(task);
    this.tellOrder();
    await this.finish(task, record);
    this.begin();
  }

  /** One that waits. */
  private async takeAway(task: Task): Promise<void> {
    this.queue.remove(task);
    this.tellOrder();
    await this.finish(task, await task.process.cancel());
  }

  private tellOrder(): void {
    this.emit({ type: 'run-order', order: this.order });
  }

  private async train({ process, continues, profile }: Task): Promise<RunRecord> {
    const native = await this.engine.ensure();
    if (!native.ok) return process.refuse(native.problem);
    return process.train(
      this.launcher,
      {
        role: 'train',
        nativeFolder: native.value,
        backend: this.engine.backend,
        cacheFolder: this.folders.cache,
        threads: this.settings.threads,
      },
      { continues, profile },
    );
  }

  private async finish(task: Task, record: RunRecord): Promise<void> {
    await task.heartbeat.stop();
    const session = this.followed.get(path.dirname(record.run));
    if (session) await this.follow(session);
    task.done(record);
  }

  private async markLost(record: RunRecord): Promise<RunRecord> {
    await removeHalfWritten(record.run);
    const lastEpoch = (await lastCheckpoint(record))?.epoch ?? 0;
    const reason = 'was ended together with the Axonry that had started it';
    const ledger = new Ledger(record.run, () => undefined);
    ledger.append({ type: 'lost', time: Date.now(), reason, lastEpoch });
    await ledger.settled();
    const lost: RunRecord = { ...record, state: 'lost', message: lostSentence(reason, lastEpoch) };
    await writeRecord(lost);
    return lost;
  }
}
