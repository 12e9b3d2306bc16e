/** Owns the weighing of values by how well their keys answer a query, as Keras 3's three attention layers do it. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { keeping } from './keeping';

/** 1 where a query may look: at its own step and at earlier ones. [queries, keys] */
function causal(queries: number, keys: number): Tensor {
  const values = Float32Array.from({ length: queries * keys }, (_, i) =>
    i % keys <= Math.floor(i / keys) ? 1 : 0,
  );
  return tf.tensor(values, [queries, keys]);
}

/** 1 where every mask allows a query to look at a key; null where all may. Masks broadcast to the scores. */
export function allowed(scores: Tensor, isCausal: boolean, masks: readonly (Tensor | null)[]): Tensor | null {
  const [queries, keys] = scores.shape.slice(-2);
  const given = [...masks, isCausal ? causal(queries, keys) : null].filter((mask) => mask !== null);
  return given.length === 0 ? null : given.reduce((a, b) => tf.mul(a, b));
}

/** What a key that may not be looked at falls short by. */
const FAR = 1e9;

/** `Attention` takes it off the score. */
export const lowered = (scores: Tensor, mask: Tensor | null): Tensor =>
  mask === null ? scores : tf.sub(scores, tf.mul(tf.sub(1, mask), FAR));

/** `MultiHeadAttention` puts it in the place of the score. */
export const replaced = (scores: Tensor, mask: Tensor | null): Tensor =>
  mask === null ? scores : tf.sub(tf.mul(scores, mask), tf.mul(tf.sub(1, mask), FAR));

export interface Weighing {
  dropout: number;
  /** Of the random stream; see streamNumber. */
  key: number;
  call: LayerCall;
}

/** [..., queries, keys] and [..., keys, dim] → [..., queries, dim]. */
export function weighed(scores: Tensor, values: Tensor, { dropout, key, call }: Weighing): Tensor {
  const weights = tf.softmax(scores);
  const kept = keeping(weights.shape, dropout, key, call);
  return tf.matMul(kept === null ? weights : tf.mul(weights, kept), values);
}

/** [batch, steps, features] through a kernel [features, heads, size]: [batch, heads, steps, size]. */
export function toHeads(x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const [batch, steps, features] = x.shape;
  const [, heads, size] = kernel.shape;
  const product = tf.matMul(
    tf.reshape(x, [batch * steps, features]),
    tf.reshape(kernel, [features, heads * size]),
  );
  const projected = bias === undefined ? product : tf.add(product, tf.reshape(bias, [heads * size]));
  return tf.transpose(tf.reshape(projected, [batch, steps, heads, size]), [0, 2, 1, 3]);
}

/** [batch, heads, steps, size] through a kernel [heads, size, features]: [batch, steps, features]. */
export function fromHeads(x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const [batch, heads, steps, size] = x.shape;
  const features = kernel.shape[2] ?? 1;
  const rows = tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch * steps, heads * size]);
  const product = tf.matMul(rows, tf.reshape(kernel, [heads * size, features]));
  return tf.reshape(bias === undefined ? product : tf.add(product, bias), [batch, steps, features]);
}
