/**
 * Owns the walk of a recurrent cell along a sequence. A cell may have kernels of the backend for a whole walk; else it is
 * unrolled, because that is what TensorFlow runs fastest as a graph, and the product of inputs and kernel is made for all steps at once before it begins.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../../tensorflow';
import type { LayerCall } from '../../layer-call';
import { keeping } from '../keeping';
import type { Cell, CellWeights } from './cells';

export interface SequenceOptions {
  returnSequences: boolean;
  goBackwards: boolean;
  /** Shares of the inputs and of the fed back states that are dropped; the same ones at every step (Gal & Ghahramani 2016). */
  dropout: number;
  recurrentDropout: number;
  /** Names of the random streams for both; see streamNumber. */
  keys: { inputs: number; states: number };
  /** With a mask, masked steps put out zeros instead of what the step before put out. */
  zeroOutputForMask: boolean;
  /** Goes on with the states of the batch before, and leaves its own. */
  stateful: boolean;
}

/** Under this name the n-th state of a cell goes from batch to batch. */
export const stateName = (index: number): string => `state_${index}`;

/** [batch, steps, features] → one [batch, gates · units] for each step, in the order of time. */
function projections(x: Tensor, { kernel }: CellWeights, bias: Tensor | null): Tensor[] {
  const [batch, steps, features] = x.shape;
  const rows = tf.reshape(tf.transpose(x, [1, 0, 2]), [steps * batch, features]);
  const product = tf.matMul(rows, kernel);
  const projected = bias === null ? product : tf.add(product, bias);
  // TensorFlow.js has no gradient for taking a single step apart.
  return steps === 1
    ? [projected]
    : tf.unstack(tf.reshape(projected, [steps, batch, kernel.shape[1] ?? 1]), 0);
}

/** `kept` is 1 where the step counts and 0 where all stays as it was; [batch, 1]. */
const where = (kept: Tensor, next: Tensor, before: Tensor): Tensor =>
  tf.add(tf.mul(next, kept), tf.mul(before, tf.sub(1, kept)));

/** `mask`: [batch, steps], 1 or 0. Answers [batch, units], or [batch, steps, units] where sequences are returned. */
export function unroll(
  cell: Cell,
  x: Tensor,
  weights: CellWeights,
  { mask, call, ...options }: SequenceOptions & { mask: Tensor | null; call: LayerCall },
): Tensor {
  const [batch, , features] = x.shape;
  const dropped = keeping([batch, 1, features], options.dropout, options.keys.inputs, call);
  const fed = keeping([batch, cell.units], options.recurrentDropout, options.keys.states, call);
  const given = dropped === null ? x : tf.mul(x, dropped);
  const isPlain = mask === null && fed === null && !options.stateful;
  const walked = isPlain ? cell.walk?.(tf.transpose(given, [1, 0, 2]), weights, options) : undefined;
  if (walked) return walked;
  // TensorFlow.js takes the gradient from the lists themselves: they must stay in order.
  const inOrder = (list: readonly Tensor[]): readonly Tensor[] =>
    options.goBackwards ? [...list].reverse() : list;
  const inputs = inOrder(projections(given, weights, cell.inputBias(weights)));
  const kept = mask === null ? null : inOrder(tf.split(mask, inputs.length, 1));
  const step = cell.begin(weights, (state) => (fed === null ? state : tf.mul(state, fed)));
  let states: Tensor[] = Array.from({ length: cell.states }, (_, i) =>
    options.stateful ? call.carried(stateName(i)) : tf.zeros([batch, cell.units]),
  );
  const outputs: Tensor[] = [];
  inputs.forEach((projected, time) => {
    const next = step(projected, states);
    states = kept === null ? next : next.map((state, i) => where(kept[time], state, states[i]));
    outputs.push(kept !== null && options.zeroOutputForMask ? tf.mul(states[0], kept[time]) : states[0]);
  });
  if (options.stateful) states.forEach((state, i) => void call.leave(stateName(i), state));
  return options.returnSequences ? tf.stack(outputs, 1) : outputs[outputs.length - 1];
}
