/**
 * The host's side of one engine process: pending requests, events, and the watchdog. A process that is silent while it
 * should speak is hanging: it is ended and the reason is told. Knows no runs and no data.
 */
import {
  engineMessage,
  type EngineSettings,
  type InspectRequests,
  type SourceReference,
  type TrainRequests,
} from '../../shared/protocol/engine';
import type { DataFacts } from '../../shared/document/facts';
import type { Measurement } from '../../shared/protocol/calibration';
import type {
  Cell,
  Evaluation,
  Exported,
  Plane,
  Regression,
  SamplesByLoss,
} from '../../shared/protocol/evaluation';
import type { EvaluatedNow, Examination, RateChange, RunEvent, Snapshot } from '../../shared/protocol/run';
import type { ReadingProgress } from '../../shared/protocol/reading';
import type { SampleView } from '../../shared/protocol/samples';
import { saysOutOfMemory } from '../../shared/protocol/out-of-memory';
import { fail, type Problem, type Result } from '../../shared/result';
import { vectorInstructions } from '../setup/processor';
import type { EngineProcess, Launcher } from './launcher';

interface InspectAnswers {
  facts: DataFacts;
  stopReading: null;
  calibrate: Measurement;
  samples: SampleView[];
  evaluate: Evaluation;
  cell: Cell;
  regression: Regression;
  byLoss: SamplesByLoss;
  plane: Plane | null;
  export: Exported;
  quit: null;
}
interface TrainAnswers extends Record<keyof TrainRequests, unknown> {
  evaluateNow: EvaluatedNow;
  snapshot: Snapshot;
  setLearningRate: RateChange;
  profile: Examination;
}

type Requests = TrainRequests & InspectRequests;
type Answers = TrainAnswers & InspectAnswers;
type Method = keyof Requests;

export interface EngineEnd {
  /** Whether it was asked to go. */
  expected: boolean;
  /** A clause for `The engine …`: `was ended by signal SIGKILL`. */
  reason: string;
}

export interface EngineLimits {
  /** Seconds within which a new process must be ready. */
  start: number;
  /** Seconds without a message while a run goes, or within which a question must be answered. */
  silence: number;
}

function limitFromEnvironment(name: string, otherwise: number): number {
  const value = Number(process.env[name]);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

/** A single step of a large network may keep the engine busy for long. */
export const trainLimits = (): EngineLimits => ({
  start: 180,
  silence: limitFromEnvironment('AXONRY_ENGINE_SILENCE_S', 90),
});
/** Nothing is heard while a large table is profiled or a test part is predicted. */
export const inspectLimits = (): EngineLimits => ({
  start: 180,
  silence: limitFromEnvironment('AXONRY_ENGINE_SILENCE_S', 600),
});

interface Pending {
  settle: (result: Result<unknown>) => void;
}

/** How a program ends itself when it cannot go on. Chromium's engine says nothing before it does. */
const GAVE_UP: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL']);

const QUIT_SECONDS = 5;
const TICK_SECONDS = 0.25;
/** A working engine says twice a second that it lives. */
const NOTICED_SECONDS = 1.5;

/** The line of a crash that says most: the error itself, not the stack below it. */
function tellingLine(words: string): string {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(at |Node\.js v|\^)/.test(line));
  const error = lines.filter((line) => /^(Uncaught )?\w*Error\b/.test(line)).pop();
  return (error ?? lines.pop() ?? '').slice(0, 300);
}

export class EngineClient {
  private readonly process: EngineProcess;
  private readonly pending = new Map<number, Pending>();
  private readonly watchdog: NodeJS.Timeout;
  private nextId = 1;
  private silentSeconds = 0;
  /** What was last told of its silence. */
  private noticed = 0;
  private isReady = false;
  private isOver = false;
  private asked = false;
  private endReason: string | null = null;
  private settleEnded: (end: EngineEnd) => void = () => undefined;
  private settleReady: (result: Result<{ backend: string; version: string }>) => void = () => undefined;

  readonly ended: Promise<EngineEnd>;
  readonly ready: Promise<Result<{ backend: string; version: string }>>;

  constructor(
    launcher: Launcher,
    settings: EngineSettings,
    private readonly limits: EngineLimits,
    private readonly onEvent: (event: RunEvent) => void = () => undefined,
    /** Whole seconds without a sign of life while a run goes, told each second; 0 when it is heard again. */
    private readonly onSilence: (seconds: number) => void = () => undefined,
    private readonly onReading: (source: SourceReference, progress: ReadingProgress) => void = () =>
      undefined,
  ) {
    this.ended = new Promise((resolve) => (this.settleEnded = resolve));
    this.ready = new Promise((resolve) => (this.settleReady = resolve));
    this.process = launcher.start(settings);
    this.process.onMessage((message) => this.hear(message));
    this.process.onExit((code, signal) => this.finish(code, signal));
    this.watchdog = setInterval(() => this.watch(), TICK_SECONDS * 1000);
    // Asking keeps the host alive, waiting for nothing does not.
    this.watchdog.unref();
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** It should speak and does not. */
  get isSilent(): boolean {
    return this.noticed > 0;
  }

  get over(): boolean {
    return this.isOver;
  }

  async request<M extends Method>(method: M, params: Requests[M]): Promise<Result<Answers[M]>> {
    const ready = await this.ready;
    if (!ready.ok) return ready;
    if (this.isOver) return this.gone();
    const id = this.nextId++;
    return new Promise((resolve) => {
      // The engine is built from the same sources: the envelope is checked, the value is what the method answers.
      this.pending.set(id, { settle: (result) => resolve(result as Result<Answers[M]>) });
      this.process.send({ id, method, params });
    });
  }

  /** Asks it to go and ends it when it does not. */
  async quit(): Promise<void> {
    if (this.isOver) return;
    this.asked = true;
    this.process.send({ id: this.nextId++, method: 'quit', params: {} });
    const timer = setTimeout(() => this.process.kill(), QUIT_SECONDS * 1000);
    await this.ended;
    clearTimeout(timer);
  }

  kill(reason: string): void {
    if (this.isOver) return;
    this.endReason ??= reason;
    this.process.kill();
  }

  private gone(): { ok: false; problem: Problem } {
    return fail(
      'engine/ended',
      `The engine ${this.endReason ?? 'has ended'}. Try again; if it ends again, run "npm run axonry -- doctor".`,
    );
  }

  private hear(raw: unknown): void {
    this.heard();
    const parsed = engineMessage.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'ready':
        this.isReady = true;
        this.settleReady({ ok: true, value: { backend: message.backend, version: message.version } });
        return;
      case 'answer': {
        const waiting = this.pending.get(message.id);
        this.pending.delete(message.id);
        waiting?.settle(message.result);
        return;
      }
      case 'event':
        this.onEvent(message.event);
        return;
      case 'reading':
        this.onReading(message.source, message.progress);
        return;
      case 'alive':
        return;
    }
  }

  /** Counts its own ticks, not the clock: a computer that slept has not been silent. */
  private watch(): void {
    const waiting = !this.isReady || this.pending.size > 0;
    if (!waiting) return this.heard();
    this.silentSeconds += TICK_SECONDS;
    if (this.isReady && this.silentSeconds >= NOTICED_SECONDS) this.notice(Math.ceil(this.silentSeconds));
    const limit = this.isReady ? this.limits.silence : this.limits.start;
    if (this.silentSeconds > limit) this.kill(`did not answer for ${limit} seconds and was ended`);
  }

  private notice(seconds: number): void {
    if (seconds === this.noticed) return;
    this.noticed = seconds;
    this.onSilence(seconds);
  }

  private heard(): void {
    this.silentSeconds = 0;
    this.notice(0);
  }

  private finish(code: number | null, signal: string | null): void {
    if (this.isOver) return;
    this.isOver = true;
    this.notice(0);
    clearInterval(this.watchdog);
    this.endReason ??= this.exitReason(code, signal);
    if (!this.asked && saysOutOfMemory(this.process.lastWords()))
      this.endReason += ', for want of memory: a smaller batch_size or a smaller network needs less';
    this.settleReady(this.gone());
    for (const { settle } of this.pending.values()) settle(this.gone());
    this.pending.clear();
    this.settleEnded({ expected: this.asked, reason: this.endReason });
  }

  private exitReason(code: number | null, signal: string | null): string {
    if (signal === 'SIGKILL')
      return 'was ended by the system or by another program (signal SIGKILL), perhaps for want of memory';
    if (signal === 'SIGILL' && vectorInstructions() === 'neither')
      return 'was ended by the processor (signal SIGILL), which has no AVX instructions: TensorFlow cannot work here, WebAssembly can (--engine wasm)';
    if (signal !== null && GAVE_UP.has(signal))
      return `gave up by itself (signal ${signal}), most often for want of memory`;
    // Native code that is refused memory often goes on to an address that is not there.
    if (signal === 'SIGSEGV' || signal === 'SIGBUS')
      return `broke down (signal ${signal}), perhaps for want of memory`;
    if (signal !== null) return `was ended by signal ${signal}`;
    if (code === null) return 'could not be started';
    const words = code === 0 ? '' : tellingLine(this.process.lastWords());
    return `ended by itself with code ${code}${words === '' ? '' : ` (${words})`}`;
  }
}
