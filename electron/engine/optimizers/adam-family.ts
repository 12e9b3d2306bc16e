/** Owns Adamax (Kingma & Ba 2014, section 7) and Nadam (Dozat 2016), as Keras 3 computes them. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const config = z.object({
  beta_1: z.number().default(0.9),
  beta_2: z.number().default(0.999),
  epsilon: z.number().default(1e-7),
});

export function adamax(raw: unknown): UpdateRule {
  const { beta_1, beta_2, epsilon } = config.parse(raw);
  return {
    slots: ['momentum', 'norm'],
    coefficients: (rate, iteration) => ({
      rate: rate / (1 - beta_1 ** (iteration + 1)),
      take: 1 - beta_1,
      keep: beta_2,
      small: epsilon,
    }),
    update(weights, gradient, slots, { rate, take, keep, small }) {
      const momentum = tf.add(slots.momentum, tf.mul(tf.sub(gradient, slots.momentum), take));
      const norm = tf.maximum(tf.mul(slots.norm, keep), tf.abs(gradient));
      const move = tf.div(tf.mul(momentum, rate), tf.add(norm, small));
      return { weights: tf.sub(weights, move), slots: { momentum, norm } };
    },
  };
}

export function nadam(raw: unknown): UpdateRule {
  const { beta_1, beta_2, epsilon } = config.parse(raw);
  /** The momentum grows from about half of beta_1 to beta_1; `t` counts from 1. */
  const decay = (t: number) => beta_1 * (1 - 0.5 * 0.96 ** t);
  /** The product of the first `t` of them. It comes to nothing within a few thousand steps, where the loop ends. */
  const product = (t: number) => {
    let all = 1;
    for (let i = 1; i <= t && all > 0; i++) all *= decay(i);
    return all;
  };
  return {
    slots: ['momentum', 'velocity'],
    coefficients(rate, iteration) {
      const t = iteration + 1;
      const sofar = product(t);
      return {
        rate,
        take: 1 - beta_1,
        takeSquare: 1 - beta_2,
        ahead: decay(t + 1) / (1 - sofar * decay(t + 1)),
        now: (1 - decay(t)) / (1 - sofar),
        unbiased: 1 / (1 - beta_2 ** t),
        small: epsilon,
      };
    },
    update(weights, gradient, slots, { rate, take, takeSquare, ahead, now, unbiased, small }) {
      const momentum = tf.add(slots.momentum, tf.mul(tf.sub(gradient, slots.momentum), take));
      const change = tf.sub(tf.square(gradient), slots.velocity);
      const velocity = tf.add(slots.velocity, tf.mul(change, takeSquare));
      const direction = tf.add(tf.mul(momentum, ahead), tf.mul(gradient, now));
      const spread = tf.add(tf.sqrt(tf.mul(velocity, unbiased)), small);
      const move = tf.div(tf.mul(direction, rate), spread);
      return { weights: tf.sub(weights, move), slots: { momentum, velocity } };
    },
  };
}
