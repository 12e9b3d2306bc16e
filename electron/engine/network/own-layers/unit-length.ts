/** Owns the division by the Euclidean length along an axis. Its inverse is at most 1 / epsilon, as in Keras. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

export const unitLength = (x: Tensor, axis: number, epsilon: number): Tensor =>
  tf.mul(x, tf.minimum(tf.rsqrt(tf.sum(tf.square(x), axis, true)), 1 / epsilon));
