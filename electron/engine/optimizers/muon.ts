/**
 * Owns Muon (Jordan 2024, with the step length of Liu et al. 2025), as Keras 3 computes it: the step of a matrix is turned
 * until all its directions are about equally long. Everything that is no matrix, and what is left out by name, takes a step of AdamW.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import { adam } from './adam';
import type { UpdateRule } from './update-rule';

const muonConfig = z.object({
  adam_beta_1: z.number().default(0.9),
  adam_beta_2: z.number().default(0.999),
  adam_weight_decay: z.number().nullable().default(0.004),
  epsilon: z.number().default(1e-7),
  weight_decay: z.number().nullable().default(0.004),
  exclude_layers: z.array(z.string()).default([]),
  exclude_embeddings: z.boolean().default(true),
  muon_a: z.number().default(3.4445),
  muon_b: z.number().default(-4.775),
  muon_c: z.number().default(2.0315),
  adam_lr_ratio: z.number().default(1),
  momentum: z.number().default(0.95),
  ns_steps: z.number().int().default(5),
  nesterov: z.boolean().default(true),
  rms_rate: z.number().nullable().default(0.2),
});
type MuonConfig = z.infer<typeof muonConfig>;

/** Newton and Schulz: every direction of the matrix comes to a length near 1. */
function turned(matrix: Tensor, { muon_a, muon_b, muon_c, ns_steps }: MuonConfig): Tensor {
  const [rows, columns] = (matrix as Tensor2D).shape;
  const isHigh = rows > columns;
  const lying = isHigh ? tf.transpose(matrix) : matrix;
  let x = tf.div(lying, tf.add(tf.sqrt(tf.sum(tf.square(lying))), 1e-7));
  for (let i = 0; i < ns_steps; i++) {
    const square = tf.matMul(x, x, false, true);
    const change = tf.add(tf.mul(square, muon_b), tf.matMul(tf.mul(square, muon_c), square));
    x = tf.add(tf.mul(x, muon_a), tf.matMul(change, x));
  }
  return isHigh ? tf.transpose(x) : x;
}

export function muon(raw: unknown): UpdateRule {
  const config = muonConfig.parse(raw);
  const { momentum: keep, nesterov, rms_rate, weight_decay, adam_weight_decay } = config;
  const excluded = config.exclude_layers.map((pattern) => new RegExp(pattern));
  const isAdam = (shape: readonly number[], key: string): boolean =>
    shape.length !== 2 ||
    (config.exclude_embeddings && key.toLowerCase().includes('embedding')) ||
    excluded.some((pattern) => pattern.test(key));
  const plain = adam({ beta_1: config.adam_beta_1, beta_2: config.adam_beta_2, epsilon: config.epsilon });
  return {
    slots: ['momentum', 'velocity'],
    slotShape: (slot, shape, key) => (slot === 'velocity' && !isAdam(shape, key) ? [] : shape),
    coefficients: (rate, iteration) => ({
      ...plain.coefficients(rate * config.adam_lr_ratio, iteration),
      muonRate: rate,
      keep,
      shrink: 1 - rate * (weight_decay ?? 0),
      adamShrink: 1 - rate * (adam_weight_decay ?? 0),
    }),
    update(weights, gradient, slots, coefficients, key) {
      const { muonRate, keep: kept, shrink, adamShrink } = coefficients;
      if (isAdam(weights.shape, key))
        return plain.update(tf.mul(weights, adamShrink), gradient, slots, coefficients, key);
      const momentum = tf.add(tf.mul(slots.momentum, kept), gradient);
      const direction = nesterov ? tf.add(gradient, tf.mul(momentum, kept)) : momentum;
      const step = tf.mul(turned(direction, config), muonRate);
      const length = rms_rate === null ? 1 : Math.sqrt(Math.max(...weights.shape)) * rms_rate;
      return {
        weights: tf.sub(tf.mul(weights, shrink), tf.mul(step, length)),
        slots: { momentum, velocity: tf.clone(slots.velocity) },
      };
    },
  };
}
