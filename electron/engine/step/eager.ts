/** Owns the eager step: every operation is called one by one through TensorFlow.js, which also takes the gradients. */
import type { NamedTensorMap, Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import type { Forward, ForwardOptions, Network, WeightValues } from '../network/network';
import { optimizerOf, type Optimizer, type Slots } from '../optimizers/optimizer';
import { tf } from '../tensorflow';
import type { SampleWeights } from './class-weights';
import { findNotFinite } from './not-finite';
import {
  batchOf,
  meanLoss,
  metricSums,
  predictionOf,
  totalLoss,
  trainerObjective,
  type Batch,
  type Objective,
} from './objective';
import type { Samples } from './samples';
import {
  slotKey,
  type NotFinite,
  type StepMark,
  type StepScalars,
  type StepState,
  type TrainingStep,
} from './step';

export interface EagerStepOptions {
  plan: Plan;
  trainer: PlanTrainer;
  network: Network;
  samples: Samples;
  /** By loss block; of the training samples. */
  sampleWeights: SampleWeights;
}

interface Pass {
  loss: Scalar;
  losses: Scalar[];
  forward: Forward;
  gradients: NamedTensorMap;
  /** Frees what outlived the gradient. */
  release(): void;
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
  iteration = 0;
  learningRate: number;
  private readonly optimizer: Optimizer;
  private readonly objective: Objective;
  private readonly trainable: Map<string, Variable>;
  private readonly frozen: ReadonlySet<string>;
  private readonly slots: Map<string, Variable>;

  constructor(private readonly given: EagerStepOptions) {
    const { plan, trainer, network } = given;
    this.optimizer = optimizerOf(trainer.optimizer);
    this.learningRate = this.optimizer.learningRate;
    this.objective = trainerObjective(plan, trainer);
    this.trainable = network.trainable(trainer.trainable);
    const { trainable } = trainer;
    this.frozen = new Set(
      trainable === null
        ? []
        : plan.layers.map(({ block }) => block).filter((block) => !trainable.includes(block)),
    );
    this.slots = new Map();
    for (const [key, variable] of this.trainable) {
      for (const slot of this.optimizer.slots) {
        this.slots.set(
          slotKey(slot, key),
          tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)),
        );
      }
    }
  }

  step(rows: Int32Array): StepScalars {
    return tf.tidy(() => {
      const batch = batchOf(this.given.samples, rows);
      const pass = this.pass(batch, rows);
      try {
        const [loss] = pass.loss.dataSync();
        if (Number.isFinite(loss)) this.apply(pass);
        return { loss, metrics: this.metrics(pass.forward, batch) };
      } finally {
        pass.release();
      }
    });
  }

  /** Forward and backward, within the caller's tf.tidy. */
  private pass(batch: Batch, rows: Int32Array): Pass {
    const outliving: Tensor[] = [];
    // The gradient frees what its function made; a kept clone shares the numbers and stays until it is released.
    const outlive = <T extends Tensor>(tensor: T): T => {
      const clone = tf.keep(tf.clone(tensor));
      outliving.push(clone);
      return clone;
    };
    const forward: Forward = { outputs: new Map(), logits: new Map(), updates: [] };
    const losses: Scalar[] = [];
    const compute = (): Scalar => {
      const computed = this.given.network.forward(batch.inputs, this.forwardOptions());
      const terms = this.objective.terms.map((term) =>
        meanLoss(term, computed, batch, this.weightsOf(term.plan.block, rows)),
      );
      for (const term of this.objective.terms)
        forward.outputs.set(term.plan.prediction, outlive(predictionOf(term, computed)));
      for (const { variable, value } of computed.updates)
        forward.updates.push({ variable, value: outlive(value) });
      losses.push(...terms.map(outlive));
      return totalLoss(this.objective, this.given.network, terms);
    };
    const variables = [...this.trainable.values()];
    const { value, grads } =
      variables.length === 0 ? { value: compute(), grads: {} } : tf.variableGrads(compute, variables);
    return { loss: value, losses, forward, gradients: grads, release: () => tf.dispose(outliving) };
  }

  private forwardOptions(): ForwardOptions {
    return { training: true, step: tf.scalar(this.iteration | 0, 'int32'), frozen: this.frozen };
  }

  /** [batch], or null where all samples count the same. */
  private weightsOf(loss: string, rows: Int32Array): Tensor | null {
    const weights = this.given.sampleWeights.get(loss);
    return weights === undefined ? null : tf.tensor1d(Float32Array.from(rows, (row) => weights[row]));
  }

  private apply({ gradients, forward }: Pass): void {
    const coefficients = Object.fromEntries(
      Object.entries(this.optimizer.coefficients(this.learningRate, this.iteration)).map(([name, value]) => [
        name,
        tf.scalar(value),
      ]),
    );
    for (const [key, variable] of this.trainable) {
      const gradient = gradients[variable.name];
      // A weight that no loss depends on has none.
      if (gradient === undefined || gradient === null) continue;
      const next = this.optimizer.update(variable, gradient, this.slotsOf(key), coefficients);
      variable.assign(next.weights);
      for (const [slot, value] of Object.entries(next.slots)) this.slot(slot, key).assign(value);
    }
    for (const { variable, value } of forward.updates) variable.assign(value);
    this.iteration += 1;
  }

  private slot(slot: string, key: string): Variable {
    const variable = this.slots.get(slotKey(slot, key));
    if (variable === undefined) throw new Error(`the optimizer has no slot ${slot} for ${key}`);
    return variable;
  }

  private slotsOf(key: string): Slots {
    return Object.fromEntries(this.optimizer.slots.map((slot) => [slot, this.slot(slot, key)]));
  }

  private metrics(forward: Forward, batch: Batch): Record<string, number> {
    const sums = metricSums(this.objective, forward.outputs, batch);
    return Object.fromEntries(this.objective.metrics.map(({ name }, i) => [name, sums[i].dataSync()[0]]));
  }

  examine(rows: Int32Array): NotFinite | null {
    const found: NotFinite[] = [];
    tf.tidy(() => {
      const batch = batchOf(this.given.samples, rows);
      const pass = this.pass(batch, rows);
      const first = findNotFinite({
        plan: this.given.plan,
        network: this.given.network,
        trainable: this.trainable,
        batch,
        losses: new Map(this.objective.terms.map((term, i) => [term.plan.block, pass.losses[i]])),
        gradients: pass.gradients,
        forward: this.forwardOptions(),
        update: () => this.apply(pass),
      });
      if (first !== null) found.push(first);
      pass.release();
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

export const eagerStep = (options: EagerStepOptions): TrainingStep => new EagerStep(options);
