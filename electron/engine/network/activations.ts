/**
 * Owns the activation functions, with Keras 3's definitions and gradients, as functions of the values before them.
 * Layers are built linear and their activation is applied here, so that losses can read the logits before a softmax.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { ACTIVATIONS, type ActivationName } from '../../../shared/blocks/activation/functions';
import { tf } from '../tensorflow';
import { absolute } from './absolute';
import { sparsemax } from './sparsemax';

export interface Activation {
  /** Where the values before it are logits: cross-entropies are computed from those, which loses no digits (as Keras does). */
  logits: 'softmax' | 'sigmoid' | null;
  apply(x: Tensor): Tensor;
}

const plain = (apply: (x: Tensor) => Tensor): Activation => ({ logits: null, apply });

/** tf.softmax knows only the last axis. */
function softmaxAlong(axis: number): (x: Tensor) => Tensor {
  return (x) => {
    const along = axis < 0 ? axis + x.rank : axis;
    if (along === x.rank - 1) return tf.softmax(x);
    const order = [...x.shape.keys()].filter((i) => i !== along).concat(along);
    const back = order.map((_, i) => order.indexOf(i));
    return tf.transpose(tf.softmax(tf.transpose(x, order)), back);
  };
}

export const softmax = (axis = -1): Activation => ({
  logits: axis === -1 ? 'softmax' : null,
  apply: softmaxAlong(axis),
});

export const leakyRelu = (negativeSlope: number): Activation => plain((x) => tf.leakyRelu(x, negativeSlope));

/** alpha · (eˣ − 1) below zero. The exponential sees no positive number, so that it cannot overflow into the gradient. */
export const elu = (alpha: number): Activation =>
  plain(
    alpha === 1 ? (x) => tf.elu(x) : (x) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha)),
  );

/** Keras' ReLU layer: `max_value` above, `negative_slope · (x − threshold)` below the threshold. */
export function relu(maxValue: number | null, negativeSlope: number, threshold: number): Activation {
  if (maxValue === null && negativeSlope === 0 && threshold === 0) return plain((x) => tf.relu(x));
  return plain((x) => {
    const above = threshold === 0 ? tf.relu(x) : tf.mul(x, tf.step(tf.sub(x, threshold)));
    const capped = maxValue === null ? above : tf.minimum(above, maxValue);
    return negativeSlope === 0
      ? capped
      : tf.sub(capped, tf.mul(tf.relu(tf.sub(threshold, x)), negativeSlope));
  });
}

/** The values of an `activation` parameter. */
export const activationName = z.enum(ACTIVATIONS);
export type { ActivationName };

/** Keras' function has 0.2 where its layer has 0.3. */
export const LEAKY_RELU_FUNCTION_SLOPE = 0.2;

/** (x + 3) / 6 between 0 and 1. TensorFlow.js' function of this name is another one. */
const hardSigmoid = (x: Tensor): Tensor => tf.div(relu6(tf.add(x, 3)), 6);
/** With no slope at 6 itself, as TensorFlow has it. */
const relu6 = (x: Tensor): Tensor => tf.minimum(6, tf.relu(x));
const squeezed = (x: Tensor): Tensor => tf.clipByValue(tf.mul(tf.add(x, 1), 0.5), 0, 1);
const logSigmoid = (x: Tensor): Tensor => tf.neg(tf.softplus(tf.neg(x)));
/** The inner function is the square where it is not cut; its slope goes from 0 to 1 between −1 and 1. */
const sparsePlus = (x: Tensor): Tensor => tf.add(tf.square(squeezed(x)), tf.relu(tf.sub(x, 1)));
/** 1 where |x| is above the limit; no gradient goes through it. */
const outside = (x: Tensor, limit: number): Tensor => tf.step(tf.sub(absolute(x), limit));
const halfOfErf = (x: Tensor): Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

/** null is the identity. */
export const activations: Record<ActivationName, Activation | null> = {
  linear: null,
  relu: relu(null, 0, 0),
  leaky_relu: leakyRelu(LEAKY_RELU_FUNCTION_SLOPE),
  elu: elu(1),
  sigmoid: { logits: 'sigmoid', apply: (x) => tf.sigmoid(x) },
  tanh: plain((x) => tf.tanh(x)),
  softmax: softmax(),
  silu: plain((x) => tf.mul(x, tf.sigmoid(x))),
  gelu: plain((x) => tf.mul(x, halfOfErf(x))),
  mish: plain((x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  selu: plain((x) => tf.selu(x)),
  relu6: plain(relu6),
  softplus: plain((x) => tf.softplus(x)),
  softsign: plain((x) => tf.div(x, tf.add(absolute(x), 1))),
  exponential: plain((x) => tf.exp(x)),
  hard_sigmoid: plain(hardSigmoid),
  hard_silu: plain((x) => tf.mul(x, hardSigmoid(x))),
  log_softmax: plain((x) => tf.logSoftmax(x)),
  celu: plain((x) => tf.elu(x)),
  hard_tanh: plain((x) => tf.clipByValue(x, -1, 1)),
  log_sigmoid: plain(logSigmoid),
  hard_shrink: plain((x) => tf.mul(x, outside(x, 0.5))),
  soft_shrink: plain((x) => tf.sub(tf.relu(tf.sub(x, 0.5)), tf.relu(tf.sub(tf.neg(x), 0.5)))),
  tanh_shrink: plain((x) => tf.sub(x, tf.tanh(x))),
  squareplus: plain((x) => tf.mul(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 0.5)),
  sparse_plus: plain(sparsePlus),
  sparse_sigmoid: plain(squeezed),
  sparsemax: plain(sparsemax),
};
