/**
 * Owns the penalties on weights, as Keras adds them to the loss: L1 and L2, λ₁ Σ|w| + λ₂ Σw², and the orthogonal one, which grows
 * with the products of different rows (or columns) of a matrix (Brock et al. 2017).
 */
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import { absolute } from './absolute';
import { unitLength } from './own-layers/unit-length';

export type Penalty =
  { kind: 'size'; l1: number; l2: number } | { kind: 'orthogonal'; factor: number; mode: 'rows' | 'columns' };
export type Penalties = Readonly<Record<string, Penalty | null>>;

/** Keras' factor where the regulariser is given by name only. */
const BY_NAME = 0.01;

const orthogonal = z
  .object({
    class_name: z.literal('OrthogonalRegularizer'),
    config: z.object({
      factor: z.number().default(BY_NAME),
      mode: z.enum(['rows', 'columns']).default('rows'),
    }),
  })
  .transform(({ config }): Penalty => ({ kind: 'orthogonal', ...config }));

const size = z
  .union([
    z.enum(['l1', 'l2', 'l1_l2', 'L1', 'L2', 'L1L2']),
    z.object({
      class_name: z.enum(['L1', 'L2', 'L1L2']),
      config: z.object({ l1: z.number().optional(), l2: z.number().optional() }),
    }),
  ])
  .transform((value): Penalty => {
    const name = typeof value === 'string' ? value.toUpperCase().replace('_', '') : value.class_name;
    const { l1, l2 } = typeof value === 'string' ? {} : value.config;
    return { kind: 'size', l1: name === 'L2' ? 0 : (l1 ?? BY_NAME), l2: name === 'L1' ? 0 : (l2 ?? BY_NAME) };
  });

/** null, `"l2"`, or `{class_name: "L2", config: {l2: 0.001}}` (L1, L2, L1L2, OrthogonalRegularizer). */
export const regularizer = z
  .union([orthogonal, size])
  .nullish()
  .transform((value): Penalty | null => value ?? null);

function rightAngles(matrix: Tensor, factor: number, mode: 'rows' | 'columns'): Scalar {
  const unit = unitLength(matrix, mode === 'rows' ? 1 : 0, 1e-12) as Tensor2D;
  const product = tf.matMul(unit, unit, mode === 'columns', mode === 'rows');
  const count = product.shape[0];
  const others = tf.mul(product, tf.sub(1, tf.eye(count)));
  return tf.mul(tf.sum(absolute(others)), factor / (count * (count - 1)));
}

export function penaltyOf(weight: Variable, penalty: Penalty): Scalar | null {
  if (penalty.kind === 'orthogonal') return rightAngles(weight, penalty.factor, penalty.mode);
  const { l1, l2 } = penalty;
  const terms: Tensor[] = [];
  if (l1 !== 0) terms.push(tf.mul(tf.sum(absolute(weight)), l1));
  if (l2 !== 0) terms.push(tf.mul(tf.sum(tf.square(weight)), l2));
  return terms.length === 0 ? null : (tf.addN(terms) as Scalar);
}
