/** Owns RMSprop (Hinton, lecture 6e, 2012), with momentum and centred by the mean gradient, as Keras 3 computes it. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { Slots, UpdateRule } from './update-rule';

const rmspropConfig = z.object({
  rho: z.number().default(0.9),
  momentum: z.number().default(0),
  epsilon: z.number().default(1e-7),
  centered: z.boolean().default(false),
});

export function rmsprop(raw: unknown): UpdateRule {
  const { rho, momentum, epsilon, centered } = rmspropConfig.parse(raw);
  return {
    slots: ['velocity', ...(momentum > 0 ? ['momentum'] : []), ...(centered ? ['average_gradient'] : [])],
    coefficients: (rate) => ({ rate, keep: rho, take: 1 - rho, decay: momentum, small: epsilon }),
    update(weights, gradient, slots, { rate, keep, take, decay, small }) {
      const velocity = tf.add(tf.mul(slots.velocity, keep), tf.mul(tf.square(gradient), take));
      const next: Slots = { velocity };
      let spread = velocity;
      if (centered) {
        next.average_gradient = tf.add(tf.mul(slots.average_gradient, keep), tf.mul(gradient, take));
        spread = tf.sub(velocity, tf.square(next.average_gradient));
      }
      let move = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(spread, small)));
      if (momentum > 0) move = next.momentum = tf.add(tf.mul(slots.momentum, decay), move);
      return { weights: tf.sub(weights, move), slots: next };
    },
  };
}
