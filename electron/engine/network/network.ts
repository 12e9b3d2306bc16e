/**
 * Owns the live network of a plan: its layers, its weights by `block/name`, and the walk through them. Knows nothing of
 * losses, optimizers and data.
 */
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import { maskRole } from '../../../shared/compiler/masks';
import { weightKey, type Plan, type PlanLayer } from '../../../shared/compiler/plan';
import type { Shape } from '../../../shared/compiler/shape';
import { fail, ok, type Result } from '../../../shared/result';
import { tf } from '../tensorflow';
import type { Activation } from './activations';
import { constraintOf, type Constraint } from './constraints';
import { initialValues } from './initializers';
import { adaptLayer, type AdaptedLayer } from './keras-adapter';
import { passedMask } from './masks';
import type { LayerCall } from './layer-call';
import { penaltyOf, type Penalty } from './regularizers';
import { rowsOfState, stateAfter } from './states';

/** Row-major float32 values by `block/name`. */
export type WeightValues = Map<string, { shape: number[]; values: Float32Array }>;

export interface ForwardOptions {
  training: boolean;
  /** int32 scalar; see LayerCall. */
  step: Scalar;
  /** Blocks whose weights stand still: their batch statistics do too, as with Keras' `trainable = False`. */
  frozen?: ReadonlySet<string>;
  /** Samples in the batch; those of the first input where it is left out. */
  rows?: number;
  /** The last block to compute. */
  until?: string;
  /** The blocks to compute; all where it is left out. */
  only?: ReadonlySet<string>;
  /** Called when a block has been computed. */
  computed?: (block: string) => void;
  /** Without training: what stateful layers left of the batch before, by `block/state`; nothing at the beginning. */
  carried?: ReadonlyMap<string, Tensor>;
}

export interface Forward {
  /** By block id: every input and every layer. */
  outputs: Map<string, Tensor>;
  /** By block id, for blocks that end in a softmax or sigmoid: the values before it. */
  logits: Map<string, { kind: 'softmax' | 'sigmoid'; values: Tensor }>;
  /** By block id, where steps were marked as not counting: [batch, steps], 1 or 0. */
  masks: Map<string, Tensor>;
  /** What layers add to the loss (activity penalties). */
  penalties: Scalar[];
  /** Moving averages to assign once the step is done. */
  updates: { variable: Variable; value: Tensor }[];
  /** What stateful layers leave for the next batch, by `block/state`. */
  left: Map<string, Tensor>;
}

interface LiveLayer {
  plan: PlanLayer;
  /** null where the block is only an activation. */
  layer: TensorFlow.layers.Layer | null;
  activation: Activation | null;
  makeMask: AdaptedLayer['makeMask'];
  /** What it keeps from batch to batch, by name. */
  states: ReadonlyMap<string, Variable>;
  measured: AdaptedLayer['measured'];
}

interface NetworkWeight {
  block: string;
  variable: Variable;
  trainable: boolean;
  penalty: Penalty | null;
  constraint: Constraint | null;
}

const shapeOf = (plan: Plan, block: string): Shape => {
  const found =
    plan.inputs.find((input) => input.block === block)?.shape ??
    plan.layers.find((layer) => layer.block === block)?.output_shape;
  if (found === undefined) throw new Error(`the plan has no block ${block}`);
  return found;
};

/** How a layer of the plan is to be built; also what an exporter reads. */
export const adaptPlanLayer = (plan: Plan, layer: PlanLayer): AdaptedLayer =>
  adaptLayer(
    layer,
    layer.inbound.map((block) => shapeOf(plan, block)),
    plan.trainers.at(0)?.batch_size ?? null,
  );

/** Keras' `trainable = False`: the weights stay, and so do batch statistics and penalties on weights. */
const isFrozen = (layer: PlanLayer): boolean => layer.config.trainable === false;

export class Network {
  /** In the plan's order. */
  readonly weights: ReadonlyMap<string, NetworkWeight>;
  /** What stateful layers keep from batch to batch of training, by `block/state`: [batch, ...]. No weights: nothing learns them. */
  readonly states: ReadonlyMap<string, Variable>;
  /** Weights and states: all that a step of training changes, by `block/name`. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Blocks whose mean and variance are measured before the first step, with the axes that are kept apart. */
  readonly measured: ReadonlyMap<string, readonly number[]>;

  private constructor(
    private readonly layers: readonly LiveLayer[],
    weights: Map<string, NetworkWeight>,
    /** Names the random numbers of everything in it. */
    readonly seed: number,
  ) {
    this.weights = weights;
    this.states = new Map(
      layers.flatMap(({ plan: { block, shares }, states }) =>
        [...states].map(([name, variable]) => [weightKey(shares ?? block, name), variable] as const),
      ),
    );
    this.variables = new Map([
      ...[...weights].map(([key, { variable }]) => [key, variable] as const),
      ...this.states,
    ]);
    this.measured = new Map(
      layers.flatMap(({ plan: { block, shares }, measured }) =>
        measured === undefined || shares !== undefined ? [] : [[block, measured] as const],
      ),
    );
  }

  static build(plan: Plan, { seed }: { seed: number }): Network {
    const weights = new Map<string, NetworkWeight>();
    const layers: LiveLayer[] = [];
    for (const layer of plan.layers) {
      const lender = layers.find(({ plan: { block } }) => block === layer.shares);
      layers.push(
        lender?.plan.class_name === layer.class_name
          ? { ...lender, plan: layer }
          : buildLayer(plan, layer, seed, weights),
      );
    }
    return new Network(layers, weights, seed);
  }

  /** The weights that gradients may change. null names all blocks. */
  trainable(blocks: readonly string[] | null): Map<string, Variable> {
    const chosen = [...this.weights].filter(
      ([, { block, trainable }]) => trainable && (blocks === null || blocks.includes(block)),
    );
    return new Map(chosen.map(([key, { variable }]) => [key, variable]));
  }

  /** Computes every block in order. Shapes are [batch, ...]. The caller owns the tensors: wrap it in tf.tidy. */
  forward(inputs: ReadonlyMap<string, Tensor>, options: ForwardOptions): Forward {
    const result: Forward = {
      outputs: new Map(inputs),
      logits: new Map(),
      masks: new Map(),
      penalties: [],
      updates: [],
      left: new Map(),
    };
    const rows = options.rows ?? [...inputs.values()].at(0)?.shape[0] ?? 1;
    for (const live of this.layers) {
      if (options.only?.has(live.plan.block) === false) continue;
      this.callLayer(live, { ...options, rows }, result);
      options.computed?.(live.plan.block);
      if (live.plan.block === options.until) break;
    }
    return result;
  }

  private callLayer(
    { plan, layer, activation, makeMask, states }: LiveLayer,
    options: ForwardOptions & { rows: number },
    result: Forward,
  ): void {
    const { rows } = options;
    const stateKey = (name: string): string => weightKey(plan.shares ?? plan.block, name);
    const stateOf = (name: string): Variable => {
      const state = states.get(name);
      if (state === undefined) throw new Error(`${plan.block} keeps no ${name}`);
      return state;
    };
    const call: LayerCall = {
      training:
        options.training &&
        !(plan.class_name === 'BatchNormalization' && (isFrozen(plan) || options.frozen?.has(plan.block))),
      step: options.step,
      rows,
      masks: plan.inbound.map((block) => result.masks.get(block) ?? null),
      update: (variable, value) => result.updates.push({ variable, value }),
      penalise: (term) => result.penalties.push(term),
      carried: (name) =>
        rowsOfState(
          options.training ? stateOf(name) : options.carried?.get(stateKey(name)),
          stateOf(name),
          rows,
        ),
      leave(name, value) {
        result.left.set(stateKey(name), value);
        const state = stateOf(name);
        if (options.training) result.updates.push({ variable: state, value: stateAfter(state, value) });
      },
    };
    const inputs = plan.inbound.map((block) => {
      const output = result.outputs.get(block);
      if (output === undefined)
        throw new Error(`${plan.block} reads ${block}, which was not computed before it`);
      return output;
    });
    const mask = makeMask?.(inputs[0]) ?? passedMask(maskRole(plan), call.masks);
    if (mask !== null) result.masks.set(plan.block, mask);
    const before = layer === null ? inputs[0] : (layer.call(inputs, { ...call }) as Tensor);
    if (activation !== null && activation.logits !== null)
      result.logits.set(plan.block, { kind: activation.logits, values: before });
    result.outputs.set(plan.block, activation === null ? before : activation.apply(before));
  }

  /** The sum of the penalties on weights (of these blocks), or null where there are none. */
  regularization(only?: ReadonlySet<string>): Scalar | null {
    const terms: Scalar[] = [];
    for (const { block, variable, penalty } of this.weights.values()) {
      if (only?.has(block) === false) continue;
      const term = penalty === null ? null : penaltyOf(variable, penalty);
      if (term !== null) terms.push(term);
    }
    return terms.length === 0 ? null : tf.addN<Scalar>(terms);
  }

  readWeights(): WeightValues {
    return new Map(
      [...this.weights].map(([key, { variable }]) => [
        key,
        { shape: [...variable.shape], values: variable.dataSync<'float32'>().slice() },
      ]),
    );
  }

  /** All weights at once, and states where they are given. `run/other-network` where names or shapes are not this network's; then nothing is changed. */
  writeWeights(
    values: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>,
  ): Result<null> {
    for (const [key, { variable }] of this.weights) {
      const given = values.get(key);
      if (given === undefined)
        return fail('run/other-network', `The weights ${key} are missing: they belong to another network.`);
      if (given.shape.join() !== variable.shape.join()) {
        return fail(
          'run/other-network',
          `The weights ${key} have the shape [${given.shape.join(', ')}], the network needs [${variable.shape.join(', ')}].`,
        );
      }
    }
    tf.tidy(() => {
      for (const [key, variable] of this.variables) {
        const given = values.get(key);
        // A tensor may keep the array that it was made from; the copy keeps the caller's array apart from the weights.
        if (given !== undefined) variable.assign(tf.tensor(given.values.slice(), [...given.shape]));
      }
    });
    return ok(null);
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
  }
}

function buildLayer(
  plan: Plan,
  layer: PlanLayer,
  seed: number,
  weights: Map<string, NetworkWeight>,
): LiveLayer {
  const adapted = adaptPlanLayer(plan, layer);
  const built = adapted.create(seed, (name) => {
    const lent = weights.get(weightKey(layer.shares ?? layer.block, name));
    if (lent === undefined) throw new Error(`${layer.block} finds no weights ${name} in ${layer.shares}`);
    return lent.variable;
  });
  if (built !== null) {
    const shapes = layer.inbound.map((block) => [...shapeOf(plan, block)]);
    built.build(shapes.length === 1 ? shapes[0] : shapes);
    for (const weight of built.weights) {
      const variable = weight.read() as Variable;
      const name = weight.originalName;
      const initializer = adapted.initializers?.[name] ?? layer.config[`${name}_initializer`];
      const values = initialValues({
        seed,
        block: layer.block,
        weight: name,
        shape: variable.shape,
        initializer,
      });
      adapted.start?.[name]?.(values);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
      weights.set(weightKey(layer.block, name), {
        block: layer.block,
        variable,
        trainable: weight.trainable && !isFrozen(layer),
        penalty: isFrozen(layer) ? null : (adapted.penalties[name] ?? null),
        constraint: constraintOf(layer.config[`${name}_constraint`]),
      });
    }
  }
  const { activation, makeMask, measured, states = {} } = adapted;
  const kept = Object.entries(states).map(
    ([name, shape]) => [name, tf.variable(tf.zeros([...shape]), false)] as const,
  );
  return { plan: layer, layer: built, activation, makeMask, measured, states: new Map(kept) };
}

/** The network of a plan with its seeded initial weights. */
export const buildNetwork = (plan: Plan, options: { seed: number }): Network => Network.build(plan, options);
