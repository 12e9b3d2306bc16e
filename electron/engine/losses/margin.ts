/** Owns the losses of scores that are to lead by a margin of 1. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';
import { alignedLabels, type PlaceLosses } from './judged';

/** Labels of 0 and 1 as −1 and 1. Like Keras it looks at the whole batch: a label of 0 among others stays. */
function signs(labels: Tensor): Tensor {
  const isZeroOne = tf.all(tf.logicalOr(tf.equal(labels, 0), tf.equal(labels, 1)));
  return tf.add(labels, tf.mul(tf.cast(isZeroOne, 'float32'), tf.sub(labels, 1)));
}

const lack = (prediction: Tensor, labels: Tensor): Tensor =>
  tf.maximum(tf.sub(1, tf.mul(signs(alignedLabels(labels, prediction)), prediction)), 0);

export const hinge =
  (): PlaceLosses =>
  ({ prediction, labels }) =>
    lack(prediction, labels);

export const squaredHinge =
  (): PlaceLosses =>
  ({ prediction, labels }) =>
    tf.square(lack(prediction, labels));

let differentiable: ((x: Tensor) => Tensor) | null = null;

/** Maximum over the last axis with TensorFlow's gradient, which equal ones share. TensorFlow.js gives each all of it. */
function largest(x: Tensor): Tensor {
  differentiable ??= tf.customGrad<Tensor>((input, save) => {
    const values = input as Tensor;
    const value = tf.max(values, -1, true);
    (save as (tensors: Tensor[]) => void)([values, value]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const chosen = tf.cast(tf.equal(saved[0], saved[1]), 'float32');
      return tf.mul(dy, tf.div(chosen, tf.sum(chosen, -1, true)));
    };
    return { value, gradFunc };
  });
  return tf.squeeze(differentiable(x), [x.rank - 1]);
}

export const categoricalHinge =
  (): PlaceLosses =>
  ({ prediction, labels }) => {
    const truth = alignedLabels(labels, prediction);
    const own = tf.sum(tf.mul(truth, prediction), -1);
    const others = largest(tf.mul(tf.sub(1, truth), prediction));
    return tf.maximum(tf.add(tf.sub(others, own), 1), 0);
  };
