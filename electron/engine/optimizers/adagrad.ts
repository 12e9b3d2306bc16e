/** Owns Adagrad (Duchi et al. 2011) and Adadelta (Zeiler 2012), as Keras 3 computes them. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const adagradConfig = z.object({
  initial_accumulator_value: z.number().default(0.1),
  epsilon: z.number().default(1e-7),
});

export function adagrad(raw: unknown): UpdateRule {
  const { initial_accumulator_value, epsilon } = adagradConfig.parse(raw);
  return {
    slots: ['accumulator'],
    start: { accumulator: initial_accumulator_value },
    coefficients: (rate) => ({ rate, small: epsilon }),
    update(weights, gradient, slots, { rate, small }) {
      const accumulator = tf.add(slots.accumulator, tf.square(gradient));
      const move = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(accumulator, small)));
      return { weights: tf.sub(weights, move), slots: { accumulator } };
    },
  };
}

const adadeltaConfig = z.object({
  rho: z.number().default(0.95),
  epsilon: z.number().default(1e-7),
});

export function adadelta(raw: unknown): UpdateRule {
  const { rho, epsilon } = adadeltaConfig.parse(raw);
  return {
    slots: ['accumulated_grad', 'accumulated_delta_var'],
    coefficients: (rate) => ({ rate, keep: rho, take: 1 - rho, small: epsilon }),
    update(weights, gradient, { accumulated_grad, accumulated_delta_var }, { rate, keep, take, small }) {
      const grads = tf.add(tf.mul(accumulated_grad, keep), tf.mul(tf.square(gradient), take));
      const steps = tf.sqrt(tf.add(accumulated_delta_var, small));
      const move = tf.div(tf.mul(steps, gradient), tf.sqrt(tf.add(grads, small)));
      const moves = tf.add(tf.mul(accumulated_delta_var, keep), tf.mul(tf.square(move), take));
      return {
        weights: tf.sub(weights, tf.mul(move, rate)),
        slots: { accumulated_grad: grads, accumulated_delta_var: moves },
      };
    },
  };
}
