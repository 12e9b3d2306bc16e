/**
 * Owns what one step of learning computes: forward, losses, gradients, and the value that each weight takes next. Tensors
 * in, tensors out, so that the eager step can assign them and the recorded one can write the whole computation down.
 */
import type { NamedTensorMap, Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import type { Forward, ForwardOptions, Network } from '../network/network';
import { optimizerOf, type Optimizer } from '../optimizers/optimizer';
import { preparedGradients, slotShape } from '../optimizers/options';
import type { Slots } from '../optimizers/update-rule';
import { tf } from '../tensorflow';
import {
  meanLoss,
  metricSums,
  predictionOf,
  rowsOf,
  totalLoss,
  trainerObjective,
  type Batch,
  type Objective,
} from './objective';
import { slotKey } from './step';

export interface Learner {
  /** Its Train block. */
  block: string;
  /** Whose slots these are, where several Train blocks take turns. */
  owner: string | null;
  plan: Plan;
  network: Network;
  optimizer: Optimizer;
  objective: Objective;
  /** What gradients may change, by `block/name`. */
  trainable: ReadonlyMap<string, Variable>;
  /** Blocks whose batch statistics stand still: no Train block of the turn changes them. */
  frozen: ReadonlySet<string>;
  /** Whether its updates change the moving averages of a block. */
  moves: (block: string) => boolean;
}

/** `among`: all Train blocks that take turns, this one included. */
export function learnerOf(
  plan: Plan,
  trainer: PlanTrainer,
  network: Network,
  among: readonly PlanTrainer[] = [trainer],
): Learner {
  const changes =
    ({ trainable }: PlanTrainer) =>
    (block: string): boolean =>
      trainable === null || trainable.includes(block);
  const standsStill = (block: string) => !among.some((other) => changes(other)(block));
  return {
    block: trainer.block,
    owner: among.length > 1 ? trainer.block : null,
    plan,
    network,
    optimizer: optimizerOf(trainer.optimizer),
    objective: trainerObjective(plan, trainer),
    trainable: network.trainable(trainer.trainable),
    frozen: new Set(
      plan.layers.filter(({ block, shares }) => standsStill(shares ?? block)).map(({ block }) => block),
    ),
    moves: changes(trainer),
  };
}

/** The optimizer's arrays by their keys in a state, with their shapes. */
export const slotShapes = ({ optimizer, trainable, owner }: Learner): Map<string, number[]> =>
  new Map(
    [...trainable].flatMap(([key, { shape }]) =>
      optimizer.slots.map(
        (slot) => [slotKey(slot, key, owner), slotShape(optimizer, slot, shape, key)] as const,
      ),
    ),
  );

/** The optimizer's arrays before the first step. */
export const startingSlots = ({ optimizer, trainable, owner }: Learner): Map<string, Tensor> =>
  new Map(
    [...trainable].flatMap(([key, variable]) =>
      optimizer.slots.map((slot) => {
        const start = optimizer.start?.[slot] ?? 0;
        return [
          slotKey(slot, key, owner),
          start === 'weights'
            ? tf.clone(variable)
            : tf.fill(slotShape(optimizer, slot, variable.shape, key), start),
        ] as const;
      }),
    ),
  );

/** What a step reads beside weights and slots. */
export interface StepInputs {
  batch: Batch;
  /** By loss block, [batch]; losses whose samples all count the same are absent. */
  sampleWeights: ReadonlyMap<string, Tensor>;
  /** int32: names the random numbers of this step. */
  step: Scalar;
  /** Called when a block has been computed. */
  computed?: (block: string) => void;
}

export interface Pass {
  loss: Scalar;
  /** In the order of the objective's terms, without their weights. */
  losses: Scalar[];
  forward: Forward;
  gradients: NamedTensorMap;
  /** Frees what outlived the gradient. */
  release(): void;
}

export const forwardOptions = (
  { frozen, objective }: Learner,
  { batch, step }: StepInputs,
): ForwardOptions => ({
  training: true,
  step,
  rows: rowsOf(batch),
  frozen,
  only: objective.needed,
});

/** Forward and backward, within the caller's tf.tidy. */
export function pass(learner: Learner, inputs: StepInputs): Pass {
  const { batch, sampleWeights } = inputs;
  const { network, objective } = learner;
  const outliving: Tensor[] = [];
  // The gradient frees what its function made; a kept clone shares the numbers and stays until it is released.
  const outlive = <T extends Tensor>(tensor: T): T => {
    const clone = tf.keep(tf.clone(tensor));
    outliving.push(clone);
    return clone;
  };
  const forward: Forward = {
    outputs: new Map(),
    logits: new Map(),
    masks: new Map(),
    penalties: [],
    updates: [],
    left: new Map(),
  };
  const losses: Scalar[] = [];
  const compute = (): Scalar => {
    const computed = network.forward(batch.inputs, {
      ...forwardOptions(learner, inputs),
      computed: inputs.computed,
    });
    const terms = objective.terms.map((term) =>
      meanLoss(term, computed, batch, sampleWeights.get(term.plan.block) ?? null),
    );
    for (const term of objective.terms)
      forward.outputs.set(term.plan.prediction, outlive(predictionOf(term, computed)));
    for (const { variable, value } of computed.updates)
      forward.updates.push({ variable, value: outlive(value) });
    losses.push(...terms.map(outlive));
    return totalLoss(objective, network, terms, computed.penalties);
  };
  const variables = [...learner.trainable.values()];
  const { value, grads } =
    variables.length === 0 ? { value: compute(), grads: {} } : tf.variableGrads(compute, variables);
  return { loss: value, losses, forward, gradients: grads, release: () => tf.dispose(outliving) };
}

export const passMetrics = ({ objective }: Learner, { forward, losses }: Pass, batch: Batch): Tensor[] =>
  metricSums(objective, forward.outputs, batch, losses);

/** What an update reads beside the gradients. */
export interface UpdateInputs {
  /** By their keys in a state. */
  slots: ReadonlyMap<string, Tensor>;
  /** Of the optimizer, for this step. */
  coefficients: Record<string, Scalar>;
  /** int32: names the random numbers of this step. */
  step: Scalar;
}

function slotsOf({ optimizer, owner }: Learner, key: string, slots: UpdateInputs['slots']): Slots {
  return Object.fromEntries(
    optimizer.slots.map((slot) => {
      const tensor = slots.get(slotKey(slot, key, owner));
      if (tensor === undefined) throw new Error(`the optimizer has no slot ${slot} for ${key}`);
      return [slot, tensor];
    }),
  );
}

/** A weight that no loss depends on has none. */
const gradientsByKey = ({ trainable }: Learner, gradients: NamedTensorMap): Map<string, Tensor> =>
  new Map(
    [...trainable].flatMap(([key, { name }]) => {
      const gradient = gradients[name] as Tensor | null | undefined;
      return gradient === undefined || gradient === null ? [] : [[key, gradient] as const];
    }),
  );

/** The next values of weights, slots and moving averages by their keys in a state. What is absent stays as it is. */
export function nextValues(
  learner: Learner,
  { gradients, forward }: Pass,
  { slots, coefficients, step }: UpdateInputs,
): Map<string, Tensor> {
  const next = new Map<string, Tensor>();
  const { network, optimizer, trainable } = learner;
  const prepared = preparedGradients(gradientsByKey(learner, gradients), optimizer.options, {
    seed: network.seed,
    step,
    noise: coefficients.noise,
  });
  const replaced = new Map(forward.updates.map(({ variable, value }) => [variable, value]));
  for (const [key, gradient] of prepared) {
    const variable = trainable.get(key);
    if (variable === undefined) throw new Error(`${key} is not to be trained`);
    // A layer may have put another value in the place of a weight before it was learned from.
    const weights = replaced.get(variable) ?? variable;
    const updated = optimizer.update(weights, gradient, slotsOf(learner, key, slots), coefficients, key);
    const constraint = network.weights.get(key)?.constraint ?? null;
    next.set(key, constraint === null ? updated.weights : constraint(updated.weights));
    for (const [slot, value] of Object.entries(updated.slots))
      next.set(slotKey(slot, key, learner.owner), value);
  }
  const keys = new Map([...network.variables].map(([key, variable]) => [variable, key]));
  for (const { variable, value } of forward.updates) {
    const key = keys.get(variable);
    if (key === undefined) throw new Error(`${variable.name} is no weight of the network`);
    // What a stateful layer keeps is no weight: it goes on where the layer is frozen, too.
    const weight = network.weights.get(key);
    if (next.has(key)) continue;
    if (weight === undefined || learner.moves(weight.block)) next.set(key, value);
  }
  return next;
}
