/** Owns the eager step: every operation is called one by one through TensorFlow.js, which also takes the gradients. */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { fail, ok, type Result } from '../../../shared/result';
import type { WeightValues } from '../network/network';
import { tf } from '../tensorflow';
import {
  forwardOptions,
  nextValues,
  pass,
  passMetrics,
  startingSlots,
  type Pass,
  type StepInputs,
} from './learning';
import { findNotFinite } from './not-finite';
import { batchOf } from './objective';
import {
  isFiniteStep,
  type NotFinite,
  type Scalars,
  type StepMark,
  type StepScalars,
  type StepState,
  type TrainingStep,
} from './step';
import { Turn, type Move, type StepOptions } from './turn';

export type { StepOptions } from './turn';

/** Step after step, up to the first loss that is not finite. */
export function untilBroken(
  batches: readonly Int32Array[],
  step: (rows: Int32Array) => StepScalars,
): StepScalars[] {
  const done: StepScalars[] = [];
  for (const rows of batches) {
    done.push(step(rows));
    if (!isFiniteStep(done[done.length - 1])) break;
  }
  return done;
}

class EagerMark implements StepMark {
  constructor(
    readonly tensors: ReadonlyMap<string, Tensor>,
    readonly iteration: number,
  ) {}
  release(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}

class EagerStep implements TrainingStep {
  readonly kind = 'eager';
  readonly together = null;
  readonly notRecorded = null;
  iteration: number;
  private readonly turn: Turn;
  private readonly slots: ReadonlyMap<string, Variable>;

  constructor(private readonly given: StepOptions) {
    this.turn = new Turn(given);
    this.iteration = this.turn.from;
    const slots: [string, Variable][] = [];
    tf.tidy(() => {
      for (const { learner } of this.turn.members)
        for (const [key, value] of startingSlots(learner)) slots.push([key, tf.variable(value, false)]);
    });
    this.slots = new Map(slots);
  }

  get rates(): Record<string, number> {
    return this.turn.rates(this.iteration);
  }
  get learningRate(): number {
    return this.rates[this.given.trainer.block];
  }
  askRate(trainer: string, rate: number): void {
    this.turn.askRate(trainer, rate, this.iteration);
  }

  step(rows: Int32Array): StepScalars {
    const scalars = this.turn.take(this.iteration, (move) => this.update(move, rows));
    if (isFiniteStep(scalars)) this.iteration += 1;
    return scalars;
  }

  private update(move: Move, rows: Int32Array): Scalars {
    return tf.tidy(() => {
      const inputs = this.inputs(rows, move);
      const passed = pass(move.member.learner, inputs);
      try {
        const [loss] = passed.loss.dataSync();
        if (Number.isFinite(loss)) this.apply(move, passed, inputs);
        return { loss, metrics: this.metrics(move, passed, inputs) };
      } finally {
        passed.release();
      }
    });
  }

  steps(batches: readonly Int32Array[]): StepScalars[] {
    return untilBroken(batches, (rows) => this.step(rows));
  }

  private inputs(rows: Int32Array, { name }: Move): StepInputs {
    const { samples, sampleWeights } = this.given;
    const weights = [...sampleWeights].map(
      ([loss, byRow]) => [loss, tf.tensor1d(Float32Array.from(rows, (row) => byRow[row]))] as const,
    );
    return {
      batch: batchOf(samples, rows),
      sampleWeights: new Map(weights),
      step: tf.scalar(name | 0, 'int32'),
    };
  }

  private apply({ member, iteration }: Move, passed: Pass, { step }: StepInputs): void {
    const { learner, rate } = member;
    const numbers = learner.optimizer.coefficients(rate.at(iteration), iteration);
    const coefficients = Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
    );
    const variables = this.variables();
    const given = { slots: this.slots, coefficients, step };
    for (const [key, value] of nextValues(learner, passed, given)) variables.get(key)?.assign(value);
  }

  private metrics({ member }: Move, passed: Pass, { batch }: StepInputs): Record<string, number> {
    const { learner } = member;
    const sums = passMetrics(learner, passed, batch);
    return Object.fromEntries(learner.objective.metrics.map(({ name }, i) => [name, sums[i].dataSync()[0]]));
  }

  examine(rows: Int32Array): NotFinite | null {
    for (const move of this.turn.moves(this.iteration)) {
      const found = this.examineMove(move, rows);
      if (found !== null) return found;
    }
    this.iteration += 1;
    return null;
  }

  private examineMove(move: Move, rows: Int32Array): NotFinite | null {
    const { learner } = move.member;
    const found: NotFinite[] = [];
    tf.tidy(() => {
      const inputs = this.inputs(rows, move);
      const passed = pass(learner, inputs);
      const first = findNotFinite({
        plan: this.given.plan,
        network: this.given.network,
        trainable: learner.trainable,
        batch: inputs.batch,
        losses: new Map(learner.objective.terms.map((term, i) => [term.plan.block, passed.losses[i]])),
        gradients: passed.gradients,
        forward: forwardOptions(learner, inputs),
        update: () => this.apply(move, passed, inputs),
      });
      if (first !== null) found.push(first);
      passed.release();
    });
    return found[0] ?? null;
  }

  private variables(): Map<string, Variable> {
    return new Map([...this.given.network.variables, ...this.slots]);
  }

  mark(): StepMark {
    // A variable takes another array when it is assigned; a clone keeps the one that it has now.
    return new EagerMark(
      new Map([...this.variables()].map(([key, variable]) => [key, tf.keep(tf.clone(variable))])),
      this.iteration,
    );
  }

  returnTo(mark: StepMark): void {
    if (!(mark instanceof EagerMark)) throw new Error('this mark is of another step');
    for (const [key, variable] of this.variables()) {
      const tensor = mark.tensors.get(key);
      if (tensor !== undefined) tf.tidy(() => variable.assign(tf.clone(tensor)));
    }
    this.iteration = mark.iteration;
  }

  /** The network's variables are what this step changes. */
  settle(): void {}

  readState(): StepState {
    const tensors: WeightValues = new Map();
    for (const [key, variable] of this.variables()) {
      tensors.set(key, { shape: [...variable.shape], values: variable.dataSync<'float32'>().slice() });
    }
    return { tensors, iteration: this.iteration };
  }

  writeState({ tensors, iteration }: StepState): Result<null> {
    for (const [key, variable] of this.slots) {
      if (tensors.get(key)?.shape.join() !== variable.shape.join()) {
        return fail(
          'run/other-network',
          `The optimizer's state ${key} is missing or of another shape: it belongs to another network or optimizer.`,
        );
      }
    }
    const written = this.given.network.writeWeights(tensors);
    if (!written.ok) return written;
    tf.tidy(() => {
      for (const [key, variable] of this.slots) {
        const given = tensors.get(key);
        if (given !== undefined) variable.assign(tf.tensor(given.values.slice(), given.shape));
      }
    });
    this.iteration = iteration;
    return ok(null);
  }

  dispose(): void {
    for (const variable of this.slots.values()) variable.dispose();
  }
}

export const eagerStep = (options: StepOptions): TrainingStep => new EagerStep(options);
