/** Owns the LSTM whose products are convolutions (Shi et al. 2015), with Keras 3's weights and order of gates. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../../tensorflow';
import type { Activation } from '../../activations';
import type { LayerCall } from '../../layer-call';
import { convolve, type Sliding } from '../convolve';
import { stateName } from './unroll';

export interface ConvolutionalCell {
  sliding: Sliding;
  activation: Activation | null;
  recurrentActivation: Activation | null;
  goBackwards: boolean;
  returnSequences: boolean;
  /** What dropout multiplies the inputs of the gates by, in the order of the gates; null for nothing. */
  droppedInputs: readonly Tensor[] | null;
  /** The same for the fed back state; made when its shape is known. */
  droppedStates: (shape: readonly number[]) => readonly Tensor[] | null;
  /** [batch, steps], 1 where a step counts. */
  mask: Tensor | null;
  /** Goes on with the states of the batch before, and leaves its own. */
  stateful: boolean;
  call: LayerCall;
}

const apply = (activation: Activation | null, x: Tensor): Tensor =>
  activation === null ? x : activation.apply(x);

/** With dropout each gate sees its own share of the input, and so has a convolution of its own. */
function projected(x: Tensor, kernel: Tensor, sliding: Sliding, dropped: readonly Tensor[] | null): Tensor {
  if (dropped === null) return convolve(x, kernel, sliding);
  const kernels = tf.split(kernel, dropped.length, kernel.rank - 1);
  return tf.concat(
    dropped.map((kept, gate) => convolve(tf.mul(x, kept), kernels[gate], sliding)),
    x.rank - 1,
  );
}

const BESIDE: Sliding['padding'] = 'same';

/** TensorFlow.js has no gradient for taking a single step apart. */
const stepsOf = (x: Tensor): Tensor[] => (x.shape[1] === 1 ? [tf.squeeze(x, [1])] : tf.unstack(x, 1));

/** [batch, steps, …places, channels] → [batch, …places, filters], or with the steps where sequences are returned. */
export function convolutionalLstm(
  x: Tensor,
  { kernel, recurrent_kernel, bias }: Readonly<Record<string, Tensor>>,
  cell: ConvolutionalCell,
): Tensor {
  const steps = stepsOf(x);
  const counts = cell.mask === null ? null : tf.unstack(cell.mask, 1);
  const order = [...steps.keys()];
  if (cell.goBackwards) order.reverse();
  const feedback: Sliding = {
    strides: cell.sliding.strides.map(() => 1),
    dilation_rate: cell.sliding.strides.map(() => 1),
    padding: BESIDE,
  };
  let states: { h: Tensor; c: Tensor } | null = null;
  let fed: readonly Tensor[] | null = null;
  const outputs: Tensor[] = [];
  for (const time of order) {
    const product = projected(steps[time], kernel, cell.sliding, cell.droppedInputs);
    const input = (bias as Tensor | undefined) === undefined ? product : tf.add(product, bias);
    if (states === null) {
      const shape = [...input.shape.slice(0, -1), input.shape[input.rank - 1] / 4];
      const [h, c] = [0, 1].map((i) => (cell.stateful ? cell.call.carried(stateName(i)) : tf.zeros(shape)));
      states = { h, c };
      fed = cell.droppedStates(shape);
    }
    const sums = tf.add(input, projected(states.h, recurrent_kernel, feedback, fed));
    const [i, f, candidate, o] = tf.split(sums, 4, sums.rank - 1);
    const taken = tf.mul(apply(cell.recurrentActivation, i), apply(cell.activation, candidate));
    const c: Tensor = tf.add(tf.mul(apply(cell.recurrentActivation, f), states.c), taken);
    const h: Tensor = tf.mul(apply(cell.recurrentActivation, o), apply(cell.activation, c));
    states =
      counts === null ? { h, c } : { h: kept(counts[time], h, states.h), c: kept(counts[time], c, states.c) };
    outputs.push(states.h);
  }
  if (cell.stateful && states !== null)
    [states.h, states.c].forEach((state, i) => void cell.call.leave(stateName(i), state));
  return cell.returnSequences ? tf.stack(outputs, 1) : outputs[outputs.length - 1];
}

/** `counts`: [batch], 1 where the step counts and 0 where all stays as it was. */
function kept(counts: Tensor, next: Tensor, before: Tensor): Tensor {
  const wide = tf.reshape(counts, [counts.shape[0], ...next.shape.slice(1).map(() => 1)]);
  return tf.add(tf.mul(next, wide), tf.mul(before, tf.sub(1, wide)));
}
