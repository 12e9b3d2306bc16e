/** Owns normal random tensors that are named by keys and a step. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';
import { statelessUniform } from './stateless-uniform';

/** Standard normal numbers from two uniform ones (Box & Muller 1958). */
export function statelessNormal(
  shape: readonly number[],
  keys: readonly [number, number],
  step: Scalar,
): Tensor {
  const [a, b] = keys.map((key) => statelessUniform(shape, key, step));
  // 1 − a is never 0, so that the logarithm is finite.
  const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, a)), -2));
  return tf.mul(radius, tf.cos(tf.mul(b, 2 * Math.PI)));
}
