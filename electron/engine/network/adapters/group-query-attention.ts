/** Owns attention in which several heads of queries share the same keys and values. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { fromHeads, replaced, toHeads, weighed } from '../own-layers/attention';
import { lengthOf, type Compute } from '../own-layers/operation';
import type { Adapter } from './adapted-layer';
import { meeting, projecting, withProjections } from './attention';

/** [batch, heads, steps, size] with each head `times` times after itself. */
function sharedBy(x: Tensor, times: number): Tensor {
  if (times === 1) return x;
  const [batch, heads, steps, size] = x.shape;
  const apart = tf.reshape(x, [batch, heads, 1, steps * size]);
  return tf.reshape(tf.mul(apart, tf.ones([1, 1, times, 1])), [batch, heads * times, steps, size]);
}

/** 1 where a key is less than `reach` steps away from the query. [queries, keys] */
function near(scores: Tensor, reach: number): Tensor {
  const [queries, keys] = scores.shape.slice(-2);
  const values = Float32Array.from({ length: queries * keys }, (_, i) =>
    Math.abs((i % keys) - Math.floor(i / keys)) < reach ? 1 : 0,
  );
  return tf.tensor(values, [queries, keys]);
}

const groupQuery = z.object({
  head_dim: z.number().int(),
  num_query_heads: z.number().int(),
  num_key_value_heads: z.number().int(),
  sliding_window: z.number().int().nullish(),
  use_gate: z.boolean().default(false),
  ...projecting,
});

const adaptGroupQueryAttention: Adapter = (raw, { block, inputs, call: asked }) => {
  const config = groupQuery.parse(raw);
  const { head_dim: size, num_query_heads: heads, num_key_value_heads: shared } = config;
  const [query, value, key] = inputs.map((shape) => lengthOf(shape, -1));
  const names = ['query', 'key', ...(config.use_gate ? ['gate' as const] : []), 'value', 'attention_output'] as const; // prettier-ignore
  const kernels = { query: [query, heads, size], key: [key, shared, size], gate: [query, heads, size], value: [value, shared, size], attention_output: [heads, size, query] }; // prettier-ignore
  const biases = { query: [heads, size], key: [shared, size], gate: [heads, size], value: [shared, size], attention_output: [query] }; // prettier-ignore
  const compute =
    (dropoutKey: number): Compute =>
    ([q, v, k], weights, call) => {
      const heading = (x: Tensor, name: string) =>
        toHeads(x, weights[`${name}_kernel`], weights[`${name}_bias`]);
      const queries = tf.mul(heading(q, 'query'), 1 / Math.sqrt(size));
      const [keys, values] = [heading(k, 'key'), heading(v, 'value')].map((x) => sharedBy(x, heads / shared));
      const scores = tf.matMul(queries, keys, false, true);
      const { sliding_window: reach } = config;
      const window = reach === null || reach === undefined ? null : near(scores, reach);
      const mask = meeting(scores, call, asked.use_causal_mask === true, window);
      const found = weighed(replaced(scores, mask), values, {
        dropout: config.dropout,
        key: dropoutKey,
        call,
      });
      const seen = config.use_gate ? tf.mul(found, tf.sigmoid(heading(q, 'gate'))) : found;
      return fromHeads(seen, weights.attention_output_kernel, weights.attention_output_bias);
    };
  return withProjections({ names, kernels, biases }, config, block, compute);
};

export const groupQueryAttentionAdapters: Record<string, Adapter> = {
  GroupQueryAttention: adaptGroupQueryAttention,
};
