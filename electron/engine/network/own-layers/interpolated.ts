/**
 * Owns the change of a picture's size as Keras computes it (pixels are squares with their value in the middle).
 * TensorFlow.js sets the values at the corners, and its gradient knows nothing else; here both are products with a
 * constant matrix.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

export type Interpolation = 'bilinear' | 'nearest';

/** [to, from]: how much each old value counts at each new place. */
function shares(from: number, to: number, kind: Interpolation): Tensor2D {
  const values = new Float32Array(to * from);
  for (let place = 0; place < to; place++) {
    const middle = ((place + 0.5) * from) / to;
    if (kind === 'nearest') {
      values[place * from + Math.min(from - 1, Math.floor(middle))] = 1;
      continue;
    }
    const at = Math.min(from - 1, Math.max(0, middle - 0.5));
    const below = Math.floor(at);
    values[place * from + below] += 1 - (at - below);
    values[place * from + Math.min(from - 1, below + 1)] += at - below;
  }
  return tf.tensor2d(values, [to, from]);
}

function along(x: Tensor, axis: number, to: number, kind: Interpolation): Tensor {
  if (x.shape[axis] === to) return x;
  const order = [axis, ...[...x.shape.keys()].filter((i) => i !== axis)];
  const back = order.map((_, i) => order.indexOf(i));
  const front = tf.transpose(x, order);
  const [n, ...rest] = front.shape;
  const changed = tf.matMul(shares(n, to, kind), tf.reshape(front, [n, -1]));
  return tf.transpose(tf.reshape(changed, [to, ...rest]), back);
}

/** [batch, height, width, channels] → [batch, …size, channels]. */
export const resized = (x: Tensor, [height, width]: readonly [number, number], kind: Interpolation): Tensor =>
  along(along(x, 1, height, kind), 2, width, kind);
