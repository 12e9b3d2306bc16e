/** Owns the learning rate of a run: the schedule's, until a person or a plateau asks for another. */
import type { Rate } from '../../../shared/schedules/rates';

export class LearningRate {
  /** What was asked for, and what the schedule had at that step: from then on the schedule is scaled. */
  private changed: { asked: number; scheduled: number } | null = null;

  constructor(private readonly schedule: Rate) {}

  at(iteration: number): number {
    const scheduled = this.schedule(iteration);
    return this.changed === null ? scheduled : this.changed.asked * (scheduled / this.changed.scheduled);
  }

  /** A schedule that has come to 0 stays there. */
  ask(rate: number, iteration: number): void {
    const scheduled = this.schedule(iteration);
    if (scheduled !== 0) this.changed = rate === scheduled ? null : { asked: rate, scheduled };
  }
}
