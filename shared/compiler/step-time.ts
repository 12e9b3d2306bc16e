/**
 * Owns the forecast of how long a training step takes, from the plan and from what was measured of the machine. It counts
 * what every layer computes, moves and calls, forward and backward; it knows nothing of how the engine does it.
 */
import type { Rates } from '../protocol/calibration';
import { BYTES } from './costs';
import { slotsOf } from './memory-need';
import type { Plan, PlanLayer, PlanTrainer } from './plan';
import { sizeOf, type Shape } from './shape';
import { stagesOf } from './stages';

export interface StepTime {
  /** Seconds by block, forward and backward. */
  blocks: ReadonlyMap<string, number>;
  /** Seconds of the whole step. */
  step: number;
}

/** What a layer does to a batch, forward and backward. */
interface Work {
  products: number;
  convolutions: number;
  bytes: number;
  operations: number;
}

/** Forward, for the gradient of the weights, and for that of the input, which the data do not need. */
const PASSES = { first: 2, later: 3 };
/** Outputs are written and read, and so are their gradients. */
const TIMES_MOVED = 8;
/** Of a layer, beside its products: a bias, an activation, their gradients. */
const OPERATIONS = 12;
/** Of each step of a recurrent layer: its gates, forward and backward. */
const OPERATIONS_OF_A_CELL = 24;
const TIMES_GATES_ARE_MOVED = 24;
/** Of the update of an array of weights. */
const OPERATIONS_OF_AN_UPDATE = 8;
/** Of a loss with its gradient, of metrics and of a call. */
const OPERATIONS_OF_A_STEP = 80;

/** Products of small matrices reach a part of what large ones do: the geometric mean of rows and columns decides. */
const FULL_PRODUCT = 128;
/** So do convolutions of few maps. */
const FULL_CONVOLUTION = 32;
const LEAST_SHARE = 1 / 32;
/** A recorded step keeps maps in the library's own order between two convolutions, which the measurement cannot. */
const RECORDED_GAIN = 1.25;

const share = (a: number, b: number, full: number): number =>
  Math.min(1, Math.max(LEAST_SHARE, Math.sqrt(a * b) / full));

const isRecurrent = ({ weights }: PlanLayer): boolean =>
  weights.some(({ name }) => name.includes('recurrent_kernel'));

/** A recurrent layer computes one step after the other: [batch, steps, …]. */
function recurrentWork(layer: PlanLayer, batch: number, passes: number, steps: number): Work {
  const { multiplyAdds, weights, parameters } = layer;
  const kernels = weights.filter(({ name }) => name.includes('recurrent_kernel'));
  const gates = kernels.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 1), 0);
  const width = kernels.at(0)?.shape.at(-1) ?? 1;
  return {
    products: (multiplyAdds * batch * passes) / share(batch, width, FULL_PRODUCT),
    convolutions: 0,
    bytes: BYTES * (steps * batch * gates * TIMES_GATES_ARE_MOVED + parameters * passes),
    operations: steps * OPERATIONS_OF_A_CELL * kernels.length,
  };
}

function workOf(layer: PlanLayer, batch: number, shapes: ReadonlyMap<string, Shape>, first: boolean): Work {
  const { multiplyAdds, output_shape, weights, parameters } = layer;
  const passes = first ? PASSES.first : PASSES.later;
  if (isRecurrent(layer)) return recurrentWork(layer, batch, passes, shapes.get(layer.inbound[0])?.[1] ?? 1);
  const kernel = weights.find(({ shape }) => shape.length > 1)?.shape ?? [];
  const values = sizeOf(output_shape) * batch;
  const width = output_shape.at(-1) ?? 1;
  const convolves = kernel.length > 2;
  const macs = multiplyAdds * batch * passes;
  return {
    products: convolves ? 0 : macs / share(values / width, width, FULL_PRODUCT),
    convolutions: convolves
      ? macs / (RECORDED_GAIN * share(kernel.at(-1) ?? 1, kernel.at(-2) ?? 1, FULL_CONVOLUTION))
      : 0,
    bytes: BYTES * (values * TIMES_MOVED + parameters * passes),
    operations: OPERATIONS,
  };
}

const secondsOf = ({ products, convolutions, bytes, operations }: Work, rates: Rates): number =>
  products / rates.products +
  convolutions / rates.convolutions +
  bytes / rates.bytes +
  operations * rates.operation;

function updateSeconds(plan: Plan, trainer: PlanTrainer, rates: Rates): number {
  const moved = plan.layers
    .filter(({ block }) => trainer.trainable?.includes(block) ?? true)
    .flatMap(({ weights }) => weights.filter(({ trainable }) => trainable));
  const values = moved.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const bytes = BYTES * values * (3 + 2 * slotsOf(trainer.optimizer));
  return bytes / rates.bytes + moved.length * OPERATIONS_OF_AN_UPDATE * rates.operation;
}

/** Of the trainers that take turns in a stage, all together. */
export function stepTime(plan: Plan, rates: Rates, stage = 0): StepTime {
  const trainers = stagesOf(plan)[stage];
  const [{ batch_size: batch }] = trainers;
  const inputs = new Set(plan.inputs.map(({ block }) => block));
  const shapes = new Map<string, Shape>([
    ...plan.inputs.map(({ block, shape }) => [block, shape] as const),
    ...plan.layers.map(({ block, output_shape }) => [block, output_shape] as const),
  ]);
  const blocks = new Map(
    plan.layers.map((layer) => {
      const first = layer.inbound.every((from) => inputs.has(from));
      return [layer.block, secondsOf(workOf(layer, batch, shapes, first), rates)] as const;
    }),
  );
  const whole = [...blocks.values()].reduce((sum, one) => sum + one, 0);
  const turns = trainers.reduce((sum, { steps_per_turn = 1 }) => sum + steps_per_turn, 0);
  const updates = trainers.reduce((sum, trainer) => sum + updateSeconds(plan, trainer, rates), 0);
  return { blocks, step: turns * (whole + OPERATIONS_OF_A_STEP * rates.operation) + updates };
}
