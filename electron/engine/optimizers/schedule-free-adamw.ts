/** Owns schedule-free AdamW (Defazio et al. 2024), as Keras 3 computes it: the weights are a mean of all steps and the last one. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const scheduleFreeConfig = z.object({
  beta_1: z.number().default(0.9),
  beta_2: z.number().default(0.999),
  epsilon: z.number().default(1e-8),
  warmup_steps: z.number().default(0),
});

export function scheduleFreeAdamW(raw: unknown): UpdateRule {
  const { beta_1, beta_2, epsilon, warmup_steps } = scheduleFreeConfig.parse(raw);
  return {
    slots: ['momentum', 'velocity'],
    start: { momentum: 'weights' },
    coefficients(rate, iteration) {
      const t = iteration + 1;
      return {
        rate: warmup_steps > 0 ? rate * Math.min(1, t / warmup_steps) : rate,
        takeSquare: 1 - beta_2,
        unbiased: 1 / (1 - beta_2 ** t),
        small: epsilon,
        ofMean: beta_1,
        ofLast: 1 - beta_1,
        inverse: 1 / beta_1,
        fresh: 1 / t,
        old: 1 - 1 / t,
      };
    },
    update(weights, gradient, slots, c) {
      const change = tf.sub(tf.square(gradient), slots.velocity);
      const velocity = tf.add(slots.velocity, tf.mul(change, c.takeSquare));
      const spread = tf.add(tf.sqrt(tf.mul(velocity, c.unbiased)), c.small);
      const momentum = tf.sub(slots.momentum, tf.div(tf.mul(gradient, c.rate), spread));
      const before = tf.mul(tf.sub(weights, tf.mul(slots.momentum, c.ofLast)), c.inverse);
      const mean = tf.add(tf.mul(before, c.old), tf.mul(momentum, c.fresh));
      return {
        weights: tf.add(tf.mul(momentum, c.ofLast), tf.mul(mean, c.ofMean)),
        slots: { momentum, velocity },
      };
    },
  };
}
