/**
 * Owns bilinear enlargement as Keras computes it (pixels are squares with their value in the middle). TensorFlow.js sets
 * the values at the corners, and its gradient knows nothing else; here both are products with a constant matrix.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

/** [n · factor, n]: how much each old value counts at each new place. */
function interpolation(n: number, factor: number): Tensor2D {
  const values = new Float32Array(n * factor * n);
  for (let place = 0; place < n * factor; place++) {
    const at = Math.min(n - 1, Math.max(0, (place + 0.5) / factor - 0.5));
    const below = Math.floor(at);
    values[place * n + below] += 1 - (at - below);
    values[place * n + Math.min(n - 1, below + 1)] += at - below;
  }
  return tf.tensor2d(values, [n * factor, n]);
}

function along(x: Tensor, axis: number, factor: number): Tensor {
  if (factor === 1) return x;
  const order = [axis, ...[...x.shape.keys()].filter((i) => i !== axis)];
  const back = order.map((_, i) => order.indexOf(i));
  const front = tf.transpose(x, order);
  const [n, ...rest] = front.shape;
  const enlarged = tf.matMul(interpolation(n, factor), tf.reshape(front, [n, -1]));
  return tf.transpose(tf.reshape(enlarged, [n * factor, ...rest]), back);
}

/** [batch, height, width, channels] → [batch, height · size[0], width · size[1], channels]. */
export const upsampledBilinearly = (x: Tensor, [down, across]: readonly [number, number]): Tensor =>
  along(along(x, 1, down), 2, across);
