/**
 * Owns the options that all optimizers have, as Keras 3's base optimizer computes them: gradients are clipped, weights
 * decay, the rule updates, the average follows. Noise on the gradient (Neelakantan et al. 2015) is added after clipping.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { statelessNormal } from '../random/stateless-normal';
import { streamNumber } from '../random/stateless-uniform';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const amount = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
export const optimizerOptions = z.object({
  weight_decay: amount,
  clipnorm: amount,
  global_clipnorm: amount,
  clipvalue: amount,
  use_ema: z.boolean().default(false),
  ema_momentum: z.number().default(0.99),
  ema_overwrite_frequency: amount,
  gradient_noise: amount,
});
export type OptimizerOptions = z.infer<typeof optimizerOptions>;

/** The average of the weights, by Keras' option; what a state holds under it stands for the weights when they are judged. */
export const AVERAGE_SLOT = 'ema';

/** Decoupled weight decay (Loshchilov & Hutter 2019): the weights shrink before the rule is applied. */
function withDecay(rule: UpdateRule, decay: number): UpdateRule {
  if (decay === 0) return rule;
  return {
    ...rule,
    coefficients: (rate, iteration) => ({
      ...rule.coefficients(rate, iteration),
      shrink: 1 - decay * rate,
    }),
    update: (weights, gradient, slots, coefficients, key) =>
      rule.update(tf.mul(weights, coefficients.shrink), gradient, slots, coefficients, key),
  };
}

const mix = (old: Tensor, keep: Scalar, fresh: Tensor, take: Scalar): Tensor =>
  tf.add(tf.mul(old, keep), tf.mul(fresh, take));

/** The first step sets the average to the weights after it, as Keras does. */
function withAverage(rule: UpdateRule, momentum: number, every: number): UpdateRule {
  return {
    slots: [...rule.slots, AVERAGE_SLOT],
    slotShape: (slot, shape, key) => (slot === AVERAGE_SLOT ? shape : slotShape(rule, slot, shape, key)),
    start: { ...rule.start, [AVERAGE_SLOT]: 'weights' },
    coefficients(rate, iteration) {
      const keep = iteration === 0 ? 0 : momentum;
      const overwrite = every > 0 && (iteration + 1) % every === 0 ? 1 : 0;
      return {
        ...rule.coefficients(rate, iteration),
        averageKeep: keep,
        averageTake: 1 - keep,
        ...(every > 0 ? { own: 1 - overwrite, averaged: overwrite } : {}),
      };
    },
    update(weights, gradient, slots, coefficients, key) {
      const { averageKeep, averageTake, own, averaged } = coefficients;
      const next = rule.update(weights, gradient, slots, coefficients, key);
      const average = mix(slots[AVERAGE_SLOT], averageKeep, next.weights, averageTake);
      return {
        weights: every > 0 ? mix(next.weights, own, average, averaged) : next.weights,
        slots: { ...next.slots, [AVERAGE_SLOT]: average },
      };
    },
  };
}

export function withOptions(plain: UpdateRule, options: OptimizerOptions): UpdateRule {
  const { weight_decay, use_ema, ema_momentum, ema_overwrite_frequency, gradient_noise } = options;
  const decaying = withDecay(plain, weight_decay);
  const rule = use_ema ? withAverage(decaying, ema_momentum, ema_overwrite_frequency) : decaying;
  if (gradient_noise === 0) return rule;
  return {
    ...rule,
    coefficients: (rate, iteration) => ({
      ...rule.coefficients(rate, iteration),
      noise: Math.sqrt(gradient_noise / (1 + iteration) ** 0.55),
    }),
  };
}

/** Of a slot of these weights. */
export const slotShape = (
  rule: UpdateRule,
  slot: string,
  weights: readonly number[],
  key: string,
): number[] => [...(rule.slotShape?.(slot, weights, key) ?? weights)];

/** Gradients by the keys of their weights. */
export type Gradients = ReadonlyMap<string, Tensor>;

const mapped = (gradients: Gradients, change: (gradient: Tensor, key: string) => Tensor): Gradients =>
  new Map([...gradients].map(([key, gradient]) => [key, change(gradient, key)]));

const squares = (gradient: Tensor): Scalar => tf.sum(tf.square(gradient));

function clipped(
  gradients: Gradients,
  { clipnorm, global_clipnorm, clipvalue }: OptimizerOptions,
): Gradients {
  const noLonger = (gradient: Tensor, squared: Scalar, limit: number): Tensor =>
    tf.div(tf.mul(gradient, limit), tf.maximum(tf.sqrt(squared), limit));
  if (clipnorm > 0) return mapped(gradients, (gradient) => noLonger(gradient, squares(gradient), clipnorm));
  if (global_clipnorm > 0) {
    const together = tf.addN<Scalar>([...gradients.values()].map(squares));
    return mapped(gradients, (gradient) => noLonger(gradient, together, global_clipnorm));
  }
  if (clipvalue > 0) return mapped(gradients, (gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
  return gradients;
}

/** What the rule is given in place of the gradients. `step` names the random numbers. */
export function preparedGradients(
  gradients: Gradients,
  options: OptimizerOptions,
  { seed, step, noise }: { seed: number; step: Scalar; noise: Scalar | undefined },
): Gradients {
  if (gradients.size === 0) return gradients;
  const limited = clipped(gradients, options);
  if (noise === undefined) return limited;
  return mapped(limited, (gradient, key) => {
    const keys = [
      streamNumber(seed, key, 'gradient radius'),
      streamNumber(seed, key, 'gradient angle'),
    ] as const;
    return tf.add(gradient, tf.mul(statelessNormal(gradient.shape, keys, step), noise));
  });
}
