/**
 * Owns what a person asks of a run while it goes: pause, resume, a single step, stop, another learning rate, figures of
 * now, a checkpoint of now. The loop asks it between steps.
 */
import type { MetricValues } from '../../../shared/protocol/run';
import { fail, type Result } from '../../../shared/result';

/** What is answered from the weights of now. */
export interface Answers {
  /** Of the validation part, of the training part where there is none. */
  evaluate: { part: 'train' | 'validation'; step: number; metrics: MetricValues };
  /** The file that the run can be continued from. */
  snapshot: { step: number; checkpoint: string };
}
export type Wish = keyof Answers;

interface OpenWish {
  wish: Wish;
  settle: (answer: Result<Answers[Wish]>) => void;
}

export class RunControl {
  private stopAsked = false;
  private paused = false;
  private single = false;
  private going = false;
  private wake: (() => void) | null = null;
  private readonly rates = new Map<string, number>();
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

  /** `trainer` is the id of its Train block. */
  setLearningRate(trainer: string, value: number): void {
    this.rates.set(trainer, value);
  }

  /** The learning rate that was asked for since the last call, or null. */
  takeLearningRate(trainer: string): number | null {
    const value = this.rates.get(trainer) ?? null;
    this.rates.delete(trainer);
    return value;
  }

  /** Whether a single step was asked for since the last call. */
  takeSingle(): boolean {
    const single = this.single;
    this.single = false;
    return single;
  }

  /** Answered between two steps, also in a pause. Problems: `run/not-going`, and what stands in the way of the work. */
  ask<W extends Wish>(wish: W): Promise<Result<Answers[W]>> {
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
