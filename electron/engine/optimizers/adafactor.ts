/** Owns Adafactor (Shazeer and Stern 2018), as Keras 3 computes it: of a matrix only the means of its rows and columns are kept. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const adafactorConfig = z.object({
  learning_rate: z.unknown(),
  beta_2_decay: z.number().default(-0.8),
  epsilon_1: z.number().default(1e-30),
  epsilon_2: z.number().default(1e-3),
  clip_threshold: z.number().default(1),
  relative_step: z.boolean().default(true),
});

const rms = (x: Tensor): Tensor => tf.sqrt(tf.mean(tf.square(x)));
const isFactored = (shape: readonly number[]): boolean => shape.length >= 2;

export function adafactor(raw: unknown): UpdateRule {
  const config = adafactorConfig.parse(raw);
  const isConstant = typeof config.learning_rate === 'number';
  return {
    slots: ['rows', 'columns', 'velocity'],
    slotShape(slot, shape) {
      const [last, before] = [shape.length - 1, shape.length - 2];
      if (slot === 'velocity') return isFactored(shape) ? [] : shape;
      if (!isFactored(shape)) return [];
      return shape.filter((_, axis) => axis !== (slot === 'rows' ? last : before));
    },
    coefficients(rate, iteration) {
      const t = iteration + 1;
      const relative = config.relative_step && isConstant ? Math.min(rate, 1 / Math.sqrt(t)) : rate;
      const keep = 1 - t ** config.beta_2_decay;
      return {
        rate: Math.min(relative, 1 / Math.sqrt(t)),
        keep,
        take: 1 - keep,
        floor: config.epsilon_1,
        least: config.epsilon_2,
        threshold: config.clip_threshold,
      };
    },
    update(weights, gradient, slots, { rate, keep, take, floor, least, threshold }) {
      const squares = tf.add(tf.square(gradient), floor);
      const mixed = (slot: Tensor, fresh: Tensor) => tf.add(tf.mul(slot, keep), tf.mul(fresh, take));
      let next = {
        rows: tf.clone(slots.rows),
        columns: tf.clone(slots.columns),
        velocity: tf.clone(slots.velocity),
      };
      let spread: Tensor;
      if (isFactored(weights.shape)) {
        const [rows, columns] = [
          mixed(slots.rows, tf.mean(squares, -1)),
          mixed(slots.columns, tf.mean(squares, -2)),
        ];
        const share = tf.div(rows, tf.mean(rows, -1, true));
        spread = tf.mul(tf.expandDims(share, -1), tf.expandDims(columns, -2));
        next = { ...next, rows, columns };
      } else {
        spread = mixed(slots.velocity, squares);
        next = { ...next, velocity: spread };
      }
      const move = tf.div(gradient, tf.sqrt(spread));
      const limited = tf.div(move, tf.maximum(tf.div(rms(move), threshold), 1));
      const size = tf.mul(tf.maximum(rms(weights), least), rate);
      return { weights: tf.sub(weights, tf.mul(limited, size)), slots: next };
    },
  };
}
