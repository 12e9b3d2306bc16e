/** Owns |x| with TensorFlow's gradient, sign(x). TensorFlow.js' own has −1 at zero, where most new biases stand. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

let differentiable: ((x: Tensor) => Tensor) | null = null;

export function absolute(x: Tensor): Tensor {
  differentiable ??= tf.customGrad<Tensor>((input, save) => {
    const value = input as Tensor;
    (save as (tensors: Tensor[]) => void)([value]);
    return { value: tf.abs(value), gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, tf.sign(saved[0])) };
  });
  return differentiable(x);
}
