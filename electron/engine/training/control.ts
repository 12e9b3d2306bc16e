/** Owns what a person asks of a run while it goes: pause, resume, stop, another learning rate. The loop asks it between steps. */

export class RunControl {
  private stopAsked = false;
  private paused = false;
  private wake: (() => void) | null = null;
  private readonly rates = new Map<string, number>();

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

  /** Settles when the pause is over or the run is to stop. */
  async untilResumed(): Promise<void> {
    while (this.pausing) {
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = null;
    }
  }
}
