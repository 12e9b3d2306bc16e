/** GroupQueryAttention: attention in which several heads of queries share the same keys and values. */
import { defineBlock } from '../block';
import { refuse } from '../inference';
import {
  attended,
  attentionDropout,
  attentionPorts,
  causalParameter,
  projectionConfig,
  projectionParameters,
  projections,
} from './attending';

export const groupQueryAttention = defineBlock({
  type: 'GroupQueryAttention',
  version: 1,
  title: 'GroupQueryAttention',
  category: 'Sequence',
  search: ['grouped query attention', 'gqa', 'multi-query attention', 'mqa', 'transformer', 'sliding window', 'heads'],
  summary: 'Attention with many heads of queries that share fewer heads of keys and values.',
  help: [
    'As in MultiHeadAttention each head computes `softmax(query · key / √head_dim) · value`, but `num_query_heads / num_key_value_heads` heads of queries look at the same keys and values. With one head of keys it is multi-query attention, with as many as queries it is MultiHeadAttention.',
    'Shapes: query `[batch, 10, 128]`, value `[batch, 64, 128]` → `[batch, 10, 128]`. Queries and output have 128 × heads × head_dim weights each, keys and values only that part of it that their fewer heads need.',
    'With a `sliding_window` of n a step sees steps that are less than n away. `use_gate` multiplies what each head found by a number between 0 and 1 that the query decides.',
    'Typical mistake: a number of query heads that the key heads do not divide. Each of them serves equally many.',
  ].join('\n\n'),
  formula: 'softmax(query · key / √head_dim) · value',
  source: 'Ainslie et al., GQA: Training generalized multi-query transformer models from multi-head checkpoints (2023); Keras documentation, GroupQueryAttention layer',
  parameters: {
    head_dim: { kind: 'integer', default: 32, min: 1, max: 100_000, help: 'Size of the queries, keys and values of each head.' },
    num_query_heads: { kind: 'integer', default: 4, min: 1, max: 1000, help: 'How many heads of queries there are.' },
    num_key_value_heads: { kind: 'integer', default: 2, min: 1, max: 1000, help: 'How many heads of keys and values they share.' },
    dropout: attentionDropout,
    use_causal_mask: causalParameter,
    sliding_window: { kind: 'integer', default: 0, min: 0, max: 1_000_000, help: 'A step sees only steps less than this far away; 0 sees all.', advanced: true },
    use_gate: { kind: 'boolean', default: false, help: 'Multiplies what each head found by a number between 0 and 1 that the query decides.', advanced: true },
    ...projectionParameters,
  },
  ports: () => attentionPorts,
  caption: ({ num_query_heads, num_key_value_heads, head_dim }) =>
    `${num_query_heads} on ${num_key_value_heads} heads of ${head_dim}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer(inputs, { head_dim: size, num_query_heads: heads, num_key_value_heads: shared, use_bias, use_gate }) {
      if (heads % shared !== 0)
        return refuse({
          code: 'block/parameter',
          message: `GroupQueryAttention has ${heads} heads of queries, which ${shared} heads of keys cannot share evenly.`,
          why: 'Each head of keys and values serves equally many heads of queries.',
          fixes: [{ label: 'Set num_key_value_heads to 1', kind: 'set-param', name: 'num_key_value_heads', value: 1 }],
        });
      const found = attended('GroupQueryAttention', inputs);
      if (!found.ok) return found;
      const { batch, queries, keys, features } = found.value;
      const [query, value, key] = features;
      if (query !== value)
        return refuse({
          code: 'shape/mismatch',
          port: 'value',
          message: `GroupQueryAttention needs as many features of the value as of the query; it gets ${value} from ${inputs[1].from} and ${query} from ${inputs[0].from}.`,
          why: 'Keras asks that of this layer; MultiHeadAttention takes them as they are.',
        });
      const [q, k] = [queries ?? 1, keys ?? 1];
      const projected = heads * size * q * query * (use_gate ? 3 : 2) + shared * size * k * (key + value);
      return {
        ok: true,
        value: {
          shape: [batch, queries, query],
          weights: projections([
            ['query', [query, heads, size], [heads, size]],
            ['key', [key, shared, size], [shared, size]],
            ...(use_gate ? [['gate', [query, heads, size], [heads, size]] as const] : []),
            ['value', [value, shared, size], [shared, size]],
            ['attention_output', [heads, size, query], [query]],
          ], use_bias),
          multiplyAdds: projected + heads * 2 * q * k * size,
          keptValues: heads * (2 * q * size + 2 * q * k) + shared * 2 * k * size + q * query,
        },
      };
    },
    keras: ({ use_causal_mask, sliding_window, ...values }) => ({
      class_name: 'GroupQueryAttention',
      config: {
        head_dim: values.head_dim,
        num_query_heads: values.num_query_heads,
        num_key_value_heads: values.num_key_value_heads,
        dropout: values.dropout,
        sliding_window: sliding_window || null,
        use_gate: values.use_gate,
        ...projectionConfig(values),
      },
      ...(use_causal_mask ? { call: { use_causal_mask } } : {}),
    }),
    activation: () => null,
  },
}); // prettier-ignore
