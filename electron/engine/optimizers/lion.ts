/** Owns Lion (Chen et al. 2023), as Keras 3 computes it. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const lionConfig = z.object({
  beta_1: z.number().default(0.9),
  beta_2: z.number().default(0.99),
});

export function lion(raw: unknown): UpdateRule {
  const { beta_1, beta_2 } = lionConfig.parse(raw);
  return {
    slots: ['momentum'],
    coefficients: (rate) => ({
      rate,
      keep: beta_1,
      take: 1 - beta_1,
      keepLong: beta_2,
      takeLong: 1 - beta_2,
    }),
    update(weights, gradient, slots, { rate, keep, take, keepLong, takeLong }) {
      const direction = tf.sign(tf.add(tf.mul(slots.momentum, keep), tf.mul(gradient, take)));
      const momentum = tf.add(tf.mul(slots.momentum, keepLong), tf.mul(gradient, takeLong));
      return { weights: tf.sub(weights, tf.mul(direction, rate)), slots: { momentum } };
    },
  };
}
