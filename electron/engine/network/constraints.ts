/** Owns what weights are held to after each update, as Keras 3's constraints compute it. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';

/** The weights of a step, held to the constraint. */
export type Constraint = (weights: Tensor) => Tensor;

/** Keras' epsilon, against division by the length 0. */
const EPSILON = 1e-7;
const axis = z
  .union([z.number().int(), z.array(z.number().int())])
  .default(0)
  .transform((given) => (typeof given === 'number' ? [given] : given));

/** Gives each length along `axes` another one. */
const withLength =
  (axes: number[], wanted: (length: Tensor) => Tensor): Constraint =>
  (weights) => {
    const length = tf.sqrt(tf.sum(tf.square(weights), axes, true));
    return tf.mul(weights, tf.div(wanted(length), tf.add(length, EPSILON)));
  };

const maxNorm = z.object({ max_value: z.number().default(2), axis });
const unitNorm = z.object({ axis });
const minMaxNorm = z.object({
  min_value: z.number().default(0),
  max_value: z.number().default(1),
  rate: z.number().default(1),
  axis,
});

const constraints: Readonly<Record<string, (config: unknown) => Constraint>> = {
  MaxNorm: (raw) => {
    const config = maxNorm.parse(raw);
    return withLength(config.axis, (length) => tf.clipByValue(length, 0, config.max_value));
  },
  NonNeg: () => (weights) => tf.maximum(weights, 0),
  UnitNorm: (raw) => withLength(unitNorm.parse(raw).axis, (length) => tf.onesLike(length)),
  MinMaxNorm: (raw) => {
    const { min_value, max_value, rate, axis: axes } = minMaxNorm.parse(raw);
    return withLength(axes, (length) => {
      const inside = tf.clipByValue(length, min_value, max_value);
      return tf.add(tf.mul(inside, rate), tf.mul(length, 1 - rate));
    });
  },
};

const written = z.object({ class_name: z.string(), config: z.unknown() }).nullish();

/** `<weight>_constraint` of a layer's config; null where there is none. */
export function constraintOf(raw: unknown): Constraint | null {
  const given = written.parse(raw);
  if (given === null || given === undefined) return null;
  const make = constraints[given.class_name];
  if (make === undefined) throw new Error(`the engine has no constraint ${given.class_name}`);
  return make(given.config ?? {});
}
