/** Owns what is computed of a tensor as if it were given: no gradient flows back, and what has none (a comparison) may be used. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

/** float32 as TensorFlow.js has it for gradients. */
export const withoutGradient = (x: Tensor, compute: (x: Tensor) => Tensor = tf.clone): Tensor =>
  tf.customGrad<Tensor>((input) => ({
    value: tf.cast(compute(input as Tensor), 'float32'),
    gradFunc: () => tf.zeros(x.shape),
  }))(x);
