/** Owns Lamb (You et al. 2019), as Keras 3 computes it: steps of Adam, each array's as long as its weights are large. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const lambConfig = z.object({
  beta_1: z.number().default(0.9),
  beta_2: z.number().default(0.999),
  epsilon: z.number().default(1e-7),
});

export function lamb(raw: unknown): UpdateRule {
  const { beta_1, beta_2, epsilon } = lambConfig.parse(raw);
  return {
    slots: ['momentum', 'velocity'],
    coefficients: (rate, iteration) => ({
      rate,
      take: 1 - beta_1,
      takeSquare: 1 - beta_2,
      unbiased: 1 / (1 - beta_1 ** (iteration + 1)),
      unbiasedSquare: 1 / (1 - beta_2 ** (iteration + 1)),
      small: epsilon,
    }),
    update(weights, gradient, slots, { rate, take, takeSquare, unbiased, unbiasedSquare, small }) {
      const momentum = tf.add(slots.momentum, tf.mul(tf.sub(gradient, slots.momentum), take));
      const change = tf.sub(tf.square(gradient), slots.velocity);
      const velocity = tf.add(slots.velocity, tf.mul(change, takeSquare));
      const spread = tf.add(tf.sqrt(tf.mul(velocity, unbiasedSquare)), small);
      const step = tf.div(tf.mul(momentum, unbiased), spread);
      const [own, moved] = [weights, step].map((x) => tf.sqrt(tf.sum(tf.square(x))));
      const both = tf.logicalAnd(tf.greater(own, 0), tf.greater(moved, 0));
      const ratio = tf.where(both, tf.div(own, moved), tf.onesLike(own));
      const slotsNext = { momentum, velocity };
      return { weights: tf.sub(weights, tf.mul(step, tf.mul(ratio, rate))), slots: slotsNext };
    },
  };
}
