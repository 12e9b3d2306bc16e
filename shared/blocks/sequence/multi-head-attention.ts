/** MultiHeadAttention: every step gathers what it needs from all steps, in several ways at once. */
import { defineBlock } from '../block';
import {
  attended,
  attentionDropout,
  attentionPorts,
  causalParameter,
  projectionConfig,
  projectionParameters,
  projections,
} from './attending';

export const multiHeadAttention = defineBlock({
  type: 'MultiHeadAttention',
  version: 1,
  title: 'MultiHeadAttention',
  category: 'Sequence',
  search: ['attention', 'self-attention', 'transformer', 'scaled dot-product', 'heads', 'query key value', 'mha'],
  summary: 'Every step asks all steps what they hold and takes a mixture of their values; several heads ask at once.',
  help: [
    'Each head projects queries, keys and values to `key_dim` (values to `value_dim`) numbers and computes `softmax(query · key / √key_dim) · value`; the heads side by side are projected back to the size of the query. With only `query` wired the steps of one sequence look at each other (self-attention).',
    'Shapes: query `[batch, 10, 128]`, value `[batch, 64, 128]` → `[batch, 10, 128]`. It holds four projections: 4 × 128 × heads × size weights and their biases where all sizes are equal.',
    'Typical mistake: a `key_dim` as wide as the input for each of many heads. Usually heads × key_dim is the width of the input.',
  ].join('\n\n'),
  source: 'Vaswani et al., Attention is all you need (2017); Keras documentation, MultiHeadAttention layer',
  parameters: {
    num_heads: { kind: 'integer', default: 4, min: 1, max: 1000, help: 'How many ways of looking there are side by side.' },
    key_dim: { kind: 'integer', default: 32, min: 1, max: 100_000, help: 'Size of the queries and keys of each head.' },
    value_dim: { kind: 'integer', default: 0, min: 0, max: 100_000, help: 'Size of the values of each head; 0 means the same as key_dim.', advanced: true },
    dropout: attentionDropout,
    use_causal_mask: causalParameter,
    ...projectionParameters,
  },
  ports: () => attentionPorts,
  caption: ({ num_heads, key_dim }) => `${num_heads} ${num_heads === 1 ? 'head' : 'heads'} of ${key_dim}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer(inputs, { num_heads: heads, key_dim, value_dim, use_bias }) {
      const found = attended('MultiHeadAttention', inputs);
      if (!found.ok) return found;
      const { batch, queries, keys, features } = found.value;
      const [query, value, key] = features;
      const size = value_dim || key_dim;
      const [q, k] = [queries ?? 1, keys ?? 1];
      const perHead = q * query * key_dim + k * key * key_dim + k * value * size + q * k * (key_dim + size) + q * size * query;
      return {
        ok: true,
        value: {
          shape: [batch, queries, query],
          weights: projections([
            ['query', [query, heads, key_dim], [heads, key_dim]],
            ['key', [key, heads, key_dim], [heads, key_dim]],
            ['value', [value, heads, size], [heads, size]],
            ['attention_output', [heads, size, query], [query]],
          ], use_bias),
          multiplyAdds: heads * perHead,
          keptValues: heads * (q * key_dim + k * key_dim + k * size + 2 * q * k + q * size) + q * query,
        },
      };
    },
    keras: ({ num_heads, key_dim, value_dim, dropout, use_causal_mask, ...values }) => ({
      class_name: 'MultiHeadAttention',
      config: {
        num_heads,
        key_dim,
        value_dim: value_dim || key_dim,
        dropout,
        ...projectionConfig(values),
      },
      ...(use_causal_mask ? { call: { use_causal_mask } } : {}),
    }),
    activation: () => null,
  },
}); // prettier-ignore
