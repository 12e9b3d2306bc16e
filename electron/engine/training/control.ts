/**
 * Owns what a person asks of a run while it goes: pause, resume, a single step, stop, another learning rate, figures of
 * now, a snapshot of now. The loop asks it between steps.
 */
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

export class RunControl {
  private stopAsked = false;
  private paused = false;
  private single = false;
  private going = false;
  private wake: (() => void) | null = null;
  private readonly wishes: OpenWish[] = [];

  get stopping(): boolean {
    return this.stopAsked;
  }

  get pausing(): boolean {
    return this.paused && !this.stopAsked;
  }

  pause(): void {
    this.paused = true;
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

  /** Ends a pause too. */
  stop(): void {
    this.stopAsked = true;
    this.wake?.();
  }

  /** Whether a single step was asked for since the last call. */
  takeSingle(): boolean {
    const single = this.single;
    this.single = false;
    return single;
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
    if (!this.going) return Promise.resolve(notGoing());
    return new Promise((resolve) => {
      this.wishes.push({ wish, settle: resolve as OpenWish['settle'] });
      this.wake?.();
    });
  }

  takeWish(): OpenWish | null {
    return this.wishes.shift() ?? null;
  }

  /** The loop has begun, or has ended and answers nothing any more. */
  listening(going: boolean): void {
    this.going = going;
    if (!going) for (const { settle } of this.wishes.splice(0)) settle(notGoing());
  }

  /** Settles when the pause is over, or something is asked. */
  async untilAsked(): Promise<void> {
    if (!this.pausing || this.single || this.wishes.length > 0) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = null;
  }
}

const notGoing = () =>
  fail(
    'run/not-going',
    'No steps are being trained at the moment. Ask again while the run goes or is paused.',
  );
