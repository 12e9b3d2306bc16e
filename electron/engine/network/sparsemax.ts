/**
 * Owns sparsemax (Martins & Astudillo 2016): the point of the probability simplex that is nearest to the values of the last
 * axis. What is below a threshold becomes exactly 0; the gradient goes through the rest alone.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

/** The threshold for values [..., classes], as [..., 1]. */
function thresholdOf(x: Tensor): Tensor {
  const classes = x.shape[x.rank - 1];
  const { values } = tf.topk(x, classes);
  const places = tf.range(1, classes + 1, 1, 'float32');
  const sums = tf.cumsum(values, x.rank - 1);
  // Sorted values are in as long as each is above the threshold that it would make with those before it.
  const inside = tf.step(tf.sub(values, tf.div(tf.sub(sums, 1), places)));
  const count = tf.sum(inside, -1, true);
  return tf.div(tf.sub(tf.sum(tf.mul(values, inside), -1, true), 1), count);
}

let differentiable: ((x: Tensor) => Tensor) | null = null;

/** [..., classes] → [..., classes], each row summing to 1. */
export function sparsemax(x: Tensor): Tensor {
  differentiable ??= tf.customGrad<Tensor>((input, save) => {
    const value = input as Tensor;
    const shares = tf.relu(tf.sub(value, thresholdOf(value)));
    (save as (tensors: Tensor[]) => void)([shares]);
    const gradFunc = (dy: Tensor, [kept]: Tensor[]): Tensor => {
      const support = tf.step(kept);
      const through = tf.mul(dy, support);
      const mean = tf.div(tf.sum(through, -1, true), tf.sum(support, -1, true));
      return tf.mul(tf.sub(through, mean), support);
    };
    return { value: shares, gradFunc };
  });
  return differentiable(x);
}
