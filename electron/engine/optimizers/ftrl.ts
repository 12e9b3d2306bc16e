/** Owns FTRL (McMahan et al. 2013), as Keras 3 computes it. */
import { z } from 'zod';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const ftrlConfig = z.object({
  learning_rate_power: z.number().default(-0.5),
  initial_accumulator_value: z.number().default(0.1),
  l1_regularization_strength: z.number().default(0),
  l2_regularization_strength: z.number().default(0),
  l2_shrinkage_regularization_strength: z.number().default(0),
  beta: z.number().default(0),
});

export function ftrl(raw: unknown): UpdateRule {
  const config = ftrlConfig.parse(raw);
  const l1 = config.l1_regularization_strength;
  return {
    slots: ['accumulator', 'linear'],
    start: { accumulator: config.initial_accumulator_value },
    coefficients: (rate) => ({
      inverseRate: 1 / rate,
      power: -config.learning_rate_power,
      shrinkage: 2 * config.l2_shrinkage_regularization_strength,
      ridge: 2 * (config.l2_regularization_strength + config.beta / (2 * rate)),
    }),
    update(weights, gradient, slots, { inverseRate, power, shrinkage, ridge }) {
      const accumulator = tf.add(slots.accumulator, tf.square(gradient));
      const steepness = tf.pow(accumulator, power);
      const growth = tf.mul(tf.sub(steepness, tf.pow(slots.accumulator, power)), inverseRate);
      const pull = tf.add(gradient, tf.mul(weights, shrinkage));
      const linear = tf.add(slots.linear, tf.sub(pull, tf.mul(growth, weights)));
      const quadratic = tf.add(tf.mul(steepness, inverseRate), ridge);
      const next = tf.div(tf.sub(tf.clipByValue(linear, -l1, l1), linear), quadratic);
      return { weights: next, slots: { accumulator, linear } };
    },
  };
}
