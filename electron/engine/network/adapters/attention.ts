/** Owns the attention layers. Each reads a query, a value and a key, in this order. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { initializerConfig } from '../initializers';
import { allowed, fromHeads, lowered, replaced, toHeads, weighed } from '../own-layers/attention';
import { lengthOf, Operation, type Compute } from '../own-layers/operation';
import { regularizer } from '../regularizers';
import { cannot, withoutActivation, type AdaptedLayer, type Adapter } from './adapted-layer';

export const noAttention = cannot('TensorFlow.js has no attention layers.');

/** [batch, steps] as [batch, steps, 1] for queries, [batch, 1, steps] for keys. */
export const along = (mask: Tensor | null, axis: number): Tensor | null => mask && tf.expandDims(mask, axis);

const attention = z.object({
  use_scale: z.boolean(),
  score_mode: z.enum(['dot', 'concat']).default('dot'),
  dropout: z.number().default(0),
});
type Score = (query: Tensor, key: Tensor, weights: Parameters<Compute>[1]) => Tensor;

/** Σ tanh(scale · (q + k)) or Σ scale · tanh(q + k) for each pair: [batch, queries, keys]. */
const pairSums = (query: Tensor, key: Tensor): Tensor =>
  tf.add(tf.expandDims(query, 2), tf.expandDims(key, 1));

const dotScore: Score = (query, key, { scale }) => {
  const scores = tf.matMul(query, key, false, true);
  return scale === undefined ? scores : tf.mul(scores, scale);
};
const concatScore: Score = (query, key, { scale, concat_score_weight }) => {
  const sums = pairSums(query, key);
  return tf.mul(tf.sum(tf.tanh(scale === undefined ? sums : tf.mul(scale, sums)), -1), concat_score_weight);
};
const additiveScore: Score = (query, key, { scale }) => {
  const bent = tf.tanh(pairSums(query, key));
  return tf.sum(scale === undefined ? bent : tf.mul(scale, bent), -1);
};

/** Where the query is padding the result is zero. */
function attend(score: Score, dropout: number, dropoutKey: number, isCausal: boolean): Compute {
  return ([query, value, key], weights, call: LayerCall) => {
    const [queryMask, valueMask] = call.masks;
    const scores = score(query, key, weights);
    const mask = allowed(scores, isCausal, [along(valueMask, 1)]);
    const result = weighed(lowered(scores, mask), value, { dropout, key: dropoutKey, call });
    const kept = along(queryMask, 2);
    return kept === null ? result : tf.mul(result, kept);
  };
}

const adaptAttention: Adapter = (raw, { block, call }) => {
  const { use_scale, score_mode, dropout } = attention.parse(raw);
  const shapes = {
    ...(use_scale ? { scale: [] } : {}),
    ...(score_mode === 'concat' ? { concat_score_weight: [] } : {}),
  };
  const score = score_mode === 'dot' ? dotScore : concatScore;
  return {
    ...withoutActivation(
      (seed) =>
        new Operation(
          attend(score, dropout, streamNumber(seed, block, 'dropout'), call.use_causal_mask === true),
          shapes,
        ),
      noAttention,
    ),
    initializers: { scale: 'ones', concat_score_weight: 'ones' },
  };
};

const adaptAdditiveAttention: Adapter = (raw, { block, inputs, call }) => {
  const { use_scale, dropout } = attention.parse(raw);
  return {
    ...withoutActivation(
      (seed) =>
        new Operation(
          attend(additiveScore, dropout, streamNumber(seed, block, 'dropout'), call.use_causal_mask === true),
          use_scale ? { scale: [lengthOf(inputs[0], -1)] } : {},
        ),
      noAttention,
    ),
    initializers: { scale: 'glorot_uniform' },
  };
};

/** What Keras' two layers with heads have alike. */
export const projecting = {
  dropout: z.number().default(0),
  use_bias: z.boolean().default(true),
  kernel_initializer: initializerConfig.prefault('glorot_uniform'),
  bias_initializer: initializerConfig.prefault('zeros'),
  kernel_regularizer: regularizer,
  bias_regularizer: regularizer,
};
const multiHead = z.object({
  num_heads: z.number().int(),
  key_dim: z.number().int(),
  value_dim: z.number().int().nullish(),
  ...projecting,
});
/** One thing for the kernel and one for the bias of each projection, under their names. */
const ofProjections = <N extends string, T>(
  names: readonly N[],
  use_bias: boolean,
  kernel: (name: N) => T,
  bias: (name: N) => T,
): Record<string, T> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_kernel`, kernel(name)] as const,
      ...(use_bias ? [[`${name}_bias`, bias(name)] as const] : []),
    ]),
  );

interface Projections<N extends string> {
  names: readonly N[];
  kernels: Readonly<Record<N, readonly number[]>>;
  biases: Readonly<Record<N, readonly number[]>>;
}

/** The layer with these projections; `compute` is told the name of the random stream for dropout. */
export function withProjections<N extends string>(
  { names, kernels, biases }: Projections<N>,
  config: z.infer<z.ZodObject<typeof projecting>>,
  block: string,
  compute: (dropoutKey: number) => Compute,
): AdaptedLayer {
  const named = <T>(kernel: (name: N) => T, bias: (name: N) => T) =>
    ofProjections(names, config.use_bias, kernel, bias);
  return {
    create: (seed) =>
      new Operation(
        compute(streamNumber(seed, block, 'dropout')),
        named(
          (name) => kernels[name],
          (name) => biases[name],
        ),
      ),
    activation: null,
    penalties: named(
      () => config.kernel_regularizer,
      () => config.bias_regularizer,
    ),
    initializers: named(
      () => config.kernel_initializer,
      () => config.bias_initializer,
    ),
    tfjs: noAttention,
  };
}

/** 1 where query and key may meet, as [batch, 1, queries, keys]; null where all may. `more`: [queries, keys]. */
export function meeting(scores: Tensor, call: LayerCall, isCausal: boolean, more: Tensor | null = null) {
  const masks = call.masks.map((mask, i) => along(along(mask, i === 0 ? 2 : 1), 1));
  return allowed(scores, isCausal, [...masks, more]);
}

const PROJECTIONS = ['query', 'key', 'value', 'attention_output'] as const;

const adaptMultiHeadAttention: Adapter = (raw, { block, inputs, call: asked }) => {
  const config = multiHead.parse(raw);
  const { num_heads: heads, key_dim, dropout } = config;
  const valueDim = config.value_dim ?? key_dim;
  const [query, value, key] = inputs.map((shape) => lengthOf(shape, -1));
  const kernels = { query: [query, heads, key_dim], key: [key, heads, key_dim], value: [value, heads, valueDim], attention_output: [heads, valueDim, query] }; // prettier-ignore
  const biases = { query: [heads, key_dim], key: [heads, key_dim], value: [heads, valueDim], attention_output: [query] }; // prettier-ignore
  const compute =
    (dropoutKey: number): Compute =>
    ([q, v, k], weights, call) => {
      const heading = (x: Tensor, name: string) =>
        toHeads(x, weights[`${name}_kernel`], weights[`${name}_bias`]);
      const queries = tf.mul(heading(q, 'query'), 1 / Math.sqrt(key_dim));
      const scores = tf.matMul(queries, heading(k, 'key'), false, true);
      const mask = meeting(scores, call, asked.use_causal_mask === true);
      const seen = weighed(replaced(scores, mask), heading(v, 'value'), { dropout, key: dropoutKey, call });
      return fromHeads(seen, weights.attention_output_kernel, weights.attention_output_bias);
    };
  return withProjections({ names: PROJECTIONS, kernels, biases }, config, block, compute);
};

export const attentionAdapters: Record<string, Adapter> = {
  Attention: adaptAttention,
  AdditiveAttention: adaptAdditiveAttention,
  MultiHeadAttention: adaptMultiHeadAttention,
};
