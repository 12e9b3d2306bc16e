/**
 * Owns what a person asks of a run while it goes: pause, resume, a single step, stop, another learning rate, figures of
 * now, a snapshot of now. The loop asks it between steps, and between the batches of all that it only looks at.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { EvaluatedNow, Examination, RateChange, Snapshot } from '../../../shared/protocol/run';
import { fail, type Result } from '../../../shared/result';

/** What is answered between two steps. */
export interface Answers {
  /** Of the validation part, of the training part where there is none. */
  evaluate: EvaluatedNow;
  snapshot: Snapshot;
  rate: RateChange;
  profile: Examination;
}

/** `trainer` is the id of a Train block; undefined means every one. */
export type Wish =
  { ask: 'evaluate' | 'snapshot' | 'profile' } | { ask: 'rate'; value: number; trainer: string | undefined };
export type Answer = Answers[Wish['ask']];

interface OpenWish {
  wish: Wish;
  settle: (answer: Result<Answer>) => void;
}

/** `steps` are trained, or would be after a pause; then the `figures` of what is kept are computed. */
type Phase = 'before' | 'steps' | 'figures' | 'after';

/** What the run is in the middle of. */
export type Between = 'steps' | 'batches' | 'pieces';

/** Nothing is computed within what is computed, and nothing written within what is written. */
const ANSWERED: Record<Between, readonly Wish['ask'][]> = {
  steps: ['rate', 'snapshot', 'evaluate', 'profile'],
  batches: ['rate', 'snapshot'],
  pieces: ['rate'],
};

export class RunControl {
  private phase: Phase = 'before';
  private stopAsked = false;
  private readonly stopper = new AbortController();
  private cutAsked = false;
  private paused = false;
  private single = false;
  /** What follows a single step, as the figures of an epoch, is computed before the pause holds. */
  private endsStep = false;
  private wake: (() => void) | null = null;
  private readonly wishes: OpenWish[] = [];

  /** For what can be left off before the first step. */
  get stopSignal(): AbortSignal {
    return this.stopper.signal;
  }

  get stopping(): boolean {
    return this.stopAsked;
  }

  get pausing(): boolean {
    return this.paused && !this.stopAsked;
  }

  /** Whether what is being computed is to be left where it is. */
  get leavesOff(): boolean {
    return this.phase === 'figures' ? this.cutAsked : this.stopAsked;
  }

  /** Whether somebody waits, in a pause, for what is being computed to be over. */
  get isAwaited(): boolean {
    return (
      this.single || this.endsStep || this.wishes.some(({ wish }) => !ANSWERED.batches.includes(wish.ask))
    );
  }

  pause(): void {
    this.paused = true;
    this.endsStep = false;
  }

  resume(): void {
    this.paused = false;
    this.wake?.();
  }

  /** One step, then it pauses. */
  stepOnce(): void {
    this.paused = true;
    this.single = true;
    this.wake?.();
  }

  /** Ends a pause too. Asked again, or when steps are over anyway, it cuts the figures of what is kept short. */
  stop(): void {
    this.cutAsked ||= this.stopAsked || this.phase === 'figures';
    this.stopAsked = true;
    this.stopper.abort();
    this.wake?.();
  }

  /** Whether a single step was asked for since the last call. */
  takeSingle(): boolean {
    this.endsStep = this.single;
    this.single = false;
    return this.endsStep;
  }

  /** Answered between two steps, also in a pause. Problems: `run/not-going`, and what stands in the way of the work. */
  ask<W extends Exclude<Wish['ask'], 'rate'>>(ask: W): Promise<Result<Answers[W]>> {
    return this.wish<W>({ ask });
  }

  /** From the next step on. Problems: `run/not-going`, `run/learning-rate`, `run/no-trainer`. */
  setLearningRate(value: number, trainer?: string): Promise<Result<RateChange>> {
    return this.wish<'rate'>({ ask: 'rate', value, trainer });
  }

  private wish<W extends Wish['ask']>(wish: Wish): Promise<Result<Answers[W]>> {
    if (this.phase !== 'steps') return Promise.resolve(notGoing());
    return new Promise((resolve) => {
      this.wishes.push({ wish, settle: resolve as OpenWish['settle'] });
      this.wake?.();
    });
  }

  takeWish(between: Between): OpenWish | null {
    const at = this.wishes.findIndex(({ wish }) => ANSWERED[between].includes(wish.ask));
    return at < 0 ? null : this.wishes.splice(at, 1)[0];
  }

  /** Questions are answered while steps are trained. */
  enter(phase: Phase): void {
    this.phase = phase;
    if (phase !== 'steps') for (const { settle } of this.wishes.splice(0)) settle(notGoing());
  }

  /** Settles when the pause is over, or something is asked. */
  async untilAsked(): Promise<void> {
    if (!this.pausing || this.single || this.wishes.length > 0) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = null;
    // Who asked has the answer before a step keeps this thread busy.
    await endOfTurn();
  }
}

const notGoing = () =>
  fail(
    'run/not-going',
    'No steps are being trained at the moment. Ask again while the run goes or is paused.',
  );
