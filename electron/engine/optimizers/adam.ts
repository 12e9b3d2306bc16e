/** Owns Adam (Kingma & Ba 2014, epsilon as in the note before its section 2.1) and AMSGrad, as Keras 3 computes them. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { Slots, UpdateRule } from './update-rule';

const adamConfig = z.object({
  beta_1: z.number().default(0.9),
  beta_2: z.number().default(0.999),
  epsilon: z.number().default(1e-7),
  amsgrad: z.boolean().default(false),
});

export function adam(raw: unknown): UpdateRule {
  const { beta_1, beta_2, epsilon, amsgrad } = adamConfig.parse(raw);
  return {
    slots: ['momentum', 'velocity', ...(amsgrad ? ['velocity_hat'] : [])],
    // Both moments start at zero and are too small at first; the rate makes up for it.
    coefficients: (rate, iteration) => ({
      rate: (rate * Math.sqrt(1 - beta_2 ** (iteration + 1))) / (1 - beta_1 ** (iteration + 1)),
      take: 1 - beta_1,
      takeSquare: 1 - beta_2,
      small: epsilon,
    }),
    update(weights, gradient, slots, { rate, take, takeSquare, small }) {
      const momentum = tf.add(slots.momentum, tf.mul(tf.sub(gradient, slots.momentum), take));
      const velocity = tf.add(
        slots.velocity,
        tf.mul(tf.sub(tf.square(gradient), slots.velocity), takeSquare),
      );
      const next: Slots = { momentum, velocity };
      let spread = velocity;
      if (amsgrad) spread = next.velocity_hat = tf.maximum(slots.velocity_hat, velocity);
      const move = tf.div(tf.mul(momentum, rate), tf.add(tf.sqrt(spread), small));
      return { weights: tf.sub(weights, move), slots: next };
    },
  };
}
