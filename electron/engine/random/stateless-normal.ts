/** Owns normal random numbers of a running network, named by block and step as the uniform ones are. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';
import { statelessUniform, streamNumber } from './stateless-uniform';

export type NormalKeys = readonly [radius: number, angle: number];

/** The two uniform streams behind a block's normal numbers. */
export const normalKeys = (seed: number, block: string): NormalKeys => [
  streamNumber(seed, block, 'radius'),
  streamNumber(seed, block, 'angle'),
];

/** Standard normal numbers from two uniform ones (Box & Muller 1958). */
export function statelessNormal(shape: readonly number[], keys: NormalKeys, step: Scalar): Tensor {
  const [a, b] = keys.map((key) => statelessUniform(shape, key, step));
  // 1 − a is never 0, so that the logarithm is finite.
  const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, a)), -2));
  return tf.mul(radius, tf.cos(tf.mul(b, 2 * Math.PI)));
}
