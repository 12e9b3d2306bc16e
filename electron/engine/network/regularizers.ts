/** Owns the L1 and L2 penalties on weights: λ₁ Σ|w| + λ₂ Σw², as Keras adds them to the loss. */
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import { absolute } from './absolute';

export interface Penalty {
  l1: number;
  l2: number;
}
export type Penalties = Readonly<Record<string, Penalty | null>>;

/** Keras' factor where the regulariser is given by name only. */
const BY_NAME = 0.01;

/** null, `"l2"`, or `{class_name: "L2", config: {l2: 0.001}}` (L1, L2, L1L2). */
export const regularizer = z
  .union([
    z.enum(['l1', 'l2', 'l1_l2', 'L1', 'L2', 'L1L2']),
    z.object({
      class_name: z.enum(['L1', 'L2', 'L1L2']),
      config: z.object({ l1: z.number().optional(), l2: z.number().optional() }),
    }),
  ])
  .nullish()
  .transform((value): Penalty | null => {
    if (value === null || value === undefined) return null;
    const name = typeof value === 'string' ? value.toUpperCase().replace('_', '') : value.class_name;
    const { l1, l2 } = typeof value === 'string' ? {} : value.config;
    return { l1: name === 'L2' ? 0 : (l1 ?? BY_NAME), l2: name === 'L1' ? 0 : (l2 ?? BY_NAME) };
  });

export function penaltyOf(weight: Variable, { l1, l2 }: Penalty): Scalar | null {
  const terms: Tensor[] = [];
  if (l1 !== 0) terms.push(tf.mul(tf.sum(absolute(weight)), l1));
  if (l2 !== 0) terms.push(tf.mul(tf.sum(tf.square(weight)), l2));
  return terms.length === 0 ? null : (tf.addN(terms) as Scalar);
}
