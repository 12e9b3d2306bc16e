/** Owns the waves that tell the steps of a sequence apart (Vaswani et al., Attention is all you need, 2017, section 3.5). */
import type { Tensor2D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

/** [steps, features]: sine at even places, cosine at odd ones, with wavelengths from 2π to 2π · `longest`. */
export function positionWaves(steps: number, features: number, longest: number): Tensor2D {
  const values = new Float32Array(steps * features);
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < features; i++) {
      const angle = step / longest ** ((2 * Math.floor(i / 2)) / features);
      values[step * features + i] = i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return tf.tensor2d(values, [steps, features]);
}
