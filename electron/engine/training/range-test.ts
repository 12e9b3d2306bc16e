/** Owns a learning-rate range test while it goes: rate and loss of every step, and when larger rates need not be tried. */
import type { PlanTrainer } from '../../../shared/compiler/plan';
import type { RangeTestResult } from '../../../shared/protocol/run';
import { hasRunAway, suggestedRate, type RangePoint } from '../../../shared/schedules/range-test';
import { rateOf, type Rate } from '../../../shared/schedules/rates';
import { rangeTestOf } from '../../../shared/schedules/schedules';

export class RangeTest {
  private readonly points: RangePoint[] = [];
  private told = 0;

  private constructor(
    private readonly optimizer: string,
    private readonly rate: Rate,
    private readonly steps: number,
  ) {}

  /** null where the trainer's rate is no test. */
  static of({ optimizer: { block, config } }: PlanTrainer): RangeTest | null {
    const asked = rangeTestOf(config.learning_rate);
    return asked === null ? null : new RangeTest(block, rateOf(config.learning_rate), asked.range_steps);
  }

  /** `iteration` counts from 0. */
  add(iteration: number, loss: number): void {
    this.points.push({ rate: this.rate(iteration), loss });
  }

  get isOver(): boolean {
    return this.points.length >= this.steps || hasRunAway(this.points);
  }

  /** What was tried since it was asked for the last time. */
  news(): Pick<RangeTestResult, 'optimizer' | 'points'> {
    const points = this.points.slice(this.told).filter(({ loss }) => Number.isFinite(loss));
    this.told = this.points.length;
    return { optimizer: this.optimizer, points };
  }

  get result(): RangeTestResult {
    return {
      optimizer: this.optimizer,
      points: this.points.filter(({ loss }) => Number.isFinite(loss)),
      suggestion: suggestedRate(this.points),
    };
  }
}
