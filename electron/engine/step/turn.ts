/**
 * Owns a turn: which Train blocks learn from a batch, in which order and how often, with which rate and which random
 * numbers. Knows nothing of how an update is computed.
 */
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import type { Network } from '../network/network';
import type { SampleWeights } from './class-weights';
import { LearningRate } from './learning-rate';
import { learnerOf, type Learner } from './learning';
import type { Samples } from './samples';
import type { Scalars, StepScalars } from './step';

export interface StepOptions {
  plan: Plan;
  trainer: PlanTrainer;
  /** Further Train blocks, which learn from each batch after it. */
  beside?: readonly PlanTrainer[];
  /** Steps that were done before, in other stages. */
  from?: number;
  network: Network;
  samples: Samples;
  /** By loss block; of the training samples. */
  sampleWeights: SampleWeights;
}

export interface Member {
  learner: Learner;
  rate: LearningRate;
  /** Updates in a turn. */
  steps: number;
}

/** One update of a turn. */
export interface Move {
  member: Member;
  /** The optimizer's updates so far. */
  iteration: number;
  /** Names the random numbers: no two updates have the same. */
  name: number;
}

export class Turn {
  readonly members: readonly Member[];
  /** Turns that were done before these Train blocks came. */
  readonly from: number;

  constructor({ plan, trainer, beside = [], from = 0, network }: StepOptions) {
    const among = [trainer, ...beside];
    this.from = from;
    this.members = among.map((one) => {
      const learner = learnerOf(plan, one, network, among);
      return { learner, rate: new LearningRate(learner.optimizer.rate), steps: one.steps_per_turn ?? 1 };
    });
  }

  /** One Train block that takes one step: a batch is an update. */
  get isSingle(): boolean {
    return this.members.length === 1 && this.members[0].steps === 1;
  }

  /** `iteration`: turns so far. */
  moves(iteration: number): Move[] {
    const all = this.members.flatMap((member) =>
      Array.from({ length: member.steps }, (_, i) => ({
        member,
        iteration: this.updates(member, iteration) + i,
      })),
    );
    return all.map((move, i) => ({ ...move, name: iteration * all.length + i }));
  }

  private updates({ steps }: Member, iteration: number): number {
    return (iteration - this.from) * steps;
  }

  rates(iteration: number): Record<string, number> {
    return Object.fromEntries(
      this.members.map((member) => [member.learner.block, member.rate.at(this.updates(member, iteration))]),
    );
  }

  askRate(trainer: string, rate: number, iteration: number): void {
    const member = this.members.find(({ learner }) => learner.block === trainer);
    member?.rate.ask(rate, this.updates(member, iteration));
  }

  /** Move after move, up to the first loss that is not finite. */
  take(iteration: number, act: (move: Move) => Scalars): StepScalars {
    const done = new Map<Member, Scalars[]>();
    for (const move of this.moves(iteration)) {
      const scalars = act(move);
      done.set(move.member, [...(done.get(move.member) ?? []), scalars]);
      if (!Number.isFinite(scalars.loss)) break;
    }
    const [[, own], ...others] = [...done].map(
      ([{ learner }, scalars]) => [learner.block, meanOf(scalars)] as const,
    );
    return others.length === 0 ? own : { ...own, beside: Object.fromEntries(others) };
  }
}

/** Of the updates of one Train block in a turn. */
function meanOf(all: readonly Scalars[]): Scalars {
  const [first] = all;
  if (all.length === 1) return first;
  const mean = (of: (scalars: Scalars) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const names = Object.keys(first.metrics);
  return {
    loss: mean(({ loss }) => loss),
    metrics: Object.fromEntries(names.map((name) => [name, mean(({ metrics }) => metrics[name])])),
  };
}
