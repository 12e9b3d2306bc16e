/** Owns stochastic gradient descent with momentum (Polyak 1964) and Nesterov's look ahead, as Keras 3 computes it. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { Slots, UpdateRule } from './update-rule';

const sgdConfig = z.object({
  momentum: z.number().default(0),
  nesterov: z.boolean().default(false),
});

export function sgd(raw: unknown): UpdateRule {
  const { momentum, nesterov } = sgdConfig.parse(raw);
  return {
    slots: momentum === 0 ? [] : ['momentum'],
    coefficients: (rate) => ({ rate, decay: momentum }),
    update(weights, gradient, slots, { rate, decay }) {
      const next: Slots = {};
      const step = tf.mul(gradient, rate);
      if (momentum === 0) return { weights: tf.sub(weights, step), slots: next };
      next.momentum = tf.sub(tf.mul(slots.momentum, decay), step);
      const move = nesterov ? tf.sub(tf.mul(next.momentum, decay), step) : next.momentum;
      return { weights: tf.add(weights, move), slots: next };
    },
  };
}
