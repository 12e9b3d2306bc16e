/** Owns the eager step: every operation is called one by one through TensorFlow.js, which also takes the gradients. */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import type { Network, WeightValues } from '../network/network';
import { tf } from '../tensorflow';
import type { SampleWeights } from './class-weights';
import { LearningRate } from './learning-rate';
import {
  forwardOptions,
  learnerOf,
  nextValues,
  pass,
  passMetrics,
  startingSlots,
  type Learner,
  type Pass,
  type StepInputs,
} from './learning';
import { findNotFinite } from './not-finite';
import { batchOf } from './objective';
import type { Samples } from './samples';
import type { NotFinite, StepMark, StepScalars, StepState, TrainingStep } from './step';

export interface StepOptions {
  plan: Plan;
  trainer: PlanTrainer;
  network: Network;
  samples: Samples;
  /** By loss block; of the training samples. */
  sampleWeights: SampleWeights;
}

/** Step after step, up to the first loss that is not finite. */
export function untilBroken(
  batches: readonly Int32Array[],
  step: (rows: Int32Array) => StepScalars,
): StepScalars[] {
  const done: StepScalars[] = [];
  for (const rows of batches) {
    done.push(step(rows));
    if (!Number.isFinite(done[done.length - 1].loss)) break;
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
  iteration = 0;
  private readonly rate: LearningRate;
  private readonly learner: Learner;
  private readonly slots: ReadonlyMap<string, Variable>;

  constructor(private readonly given: StepOptions) {
    this.learner = learnerOf(given.plan, given.trainer, given.network);
    this.rate = new LearningRate(this.learner.optimizer.rate);
    this.slots = new Map([
      ...tf.tidy(() =>
        [...startingSlots(this.learner)].map(([key, value]) => [key, tf.variable(value, false)] as const),
      ),
    ]);
  }

  get learningRate(): number {
    return this.rate.at(this.iteration);
  }
  set learningRate(rate: number) {
    this.rate.ask(rate, this.iteration);
  }

  step(rows: Int32Array): StepScalars {
    return tf.tidy(() => {
      const inputs = this.inputs(rows);
      const passed = pass(this.learner, inputs);
      try {
        const [loss] = passed.loss.dataSync();
        if (Number.isFinite(loss)) this.apply(passed, inputs);
        return { loss, metrics: this.metrics(passed, inputs) };
      } finally {
        passed.release();
      }
    });
  }

  steps(batches: readonly Int32Array[]): StepScalars[] {
    return untilBroken(batches, (rows) => this.step(rows));
  }

  private inputs(rows: Int32Array): StepInputs {
    const { samples, sampleWeights } = this.given;
    const weights = [...sampleWeights].map(
      ([loss, byRow]) => [loss, tf.tensor1d(Float32Array.from(rows, (row) => byRow[row]))] as const,
    );
    return {
      batch: batchOf(samples, rows),
      sampleWeights: new Map(weights),
      step: tf.scalar(this.iteration | 0, 'int32'),
    };
  }

  private apply(passed: Pass, { step }: StepInputs): void {
    const numbers = this.learner.optimizer.coefficients(this.learningRate, this.iteration);
    const coefficients = Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
    );
    const variables = this.variables();
    const given = { slots: this.slots, coefficients, step };
    for (const [key, value] of nextValues(this.learner, passed, given)) variables.get(key)?.assign(value);
    this.iteration += 1;
  }

  private metrics(passed: Pass, { batch }: StepInputs): Record<string, number> {
    const sums = passMetrics(this.learner, passed, batch);
    return Object.fromEntries(
      this.learner.objective.metrics.map(({ name }, i) => [name, sums[i].dataSync()[0]]),
    );
  }

  examine(rows: Int32Array): NotFinite | null {
    const found: NotFinite[] = [];
    tf.tidy(() => {
      const inputs = this.inputs(rows);
      const passed = pass(this.learner, inputs);
      const first = findNotFinite({
        plan: this.given.plan,
        network: this.given.network,
        trainable: this.learner.trainable,
        batch: inputs.batch,
        losses: new Map(this.learner.objective.terms.map((term, i) => [term.plan.block, passed.losses[i]])),
        gradients: passed.gradients,
        forward: forwardOptions(this.learner, inputs.step),
        update: () => this.apply(passed, inputs),
      });
      if (first !== null) found.push(first);
      passed.release();
    });
    return found[0] ?? null;
  }

  private variables(): Map<string, Variable> {
    const weights = [...this.given.network.weights].map(([key, { variable }]) => [key, variable] as const);
    return new Map([...weights, ...this.slots]);
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
