/** Attention: a mixture of values, weighed by how well their keys match the query. */
import { defineBlock } from '../block';
import { attended, attentionDropout, attentionPorts, causalParameter, unlikeFeatures } from './attending';

export const attention = defineBlock({
  type: 'Attention',
  version: 1,
  title: 'Attention',
  category: 'Sequence',
  search: ['luong', 'dot-product attention', 'seq2seq', 'self-attention', 'query key value', 'alignment'],
  summary: 'For every query, a mixture of the values, weighed by the product of query and key.',
  help: [
    'Computes `softmax(query · key) · value`: the products of each query with all keys become weights that sum to 1. With `score_mode` `concat` the score is `Σ tanh(query + key)`. It projects nothing; `use_scale` trains one factor.',
    'Shapes: query `[batch, 10, 64]`, value `[batch, 30, 64]` → `[batch, 10, 64]`. Without a wire at `value` the query is used, without one at `key` the value.',
    'Typical mistake: long rows without `use_scale`. Their products are so large that nearly all weight falls on one step.',
  ].join('\n\n'),
  source:
    'Luong, Pham and Manning, Effective approaches to attention-based neural machine translation (2015); Keras documentation, Attention layer',
  parameters: {
    use_scale: { kind: 'boolean', default: false, help: 'Trains a factor for the scores.' },
    score_mode: { kind: 'choice', default: 'dot', options: ['dot', 'concat'], help: 'How query and key are compared: by their product, or by tanh of their sum.' },
    dropout: attentionDropout,
    use_causal_mask: causalParameter,
  }, // prettier-ignore
  ports: () => attentionPorts,
  caption: ({ score_mode }) => (score_mode === 'dot' ? 'by product' : 'by sum'),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer(inputs, { use_scale, score_mode }) {
      const found = attended('Attention', inputs);
      if (!found.ok) return found;
      const unlike = unlikeFeatures('Attention', inputs);
      if (unlike) return unlike;
      const { batch, queries, keys, features } = found.value;
      const pairs = (queries ?? 1) * (keys ?? 1);
      return {
        ok: true,
        value: {
          shape: [batch, queries, features[1]],
          weights: [
            ...(use_scale ? [{ name: 'scale', shape: [], trainable: true }] : []),
            ...(score_mode === 'concat' ? [{ name: 'concat_score_weight', shape: [], trainable: true }] : []),
          ],
          multiplyAdds: pairs * (features[0] + features[1]),
          keptValues: 2 * pairs + (queries ?? 1) * features[1],
        },
      };
    },
    keras: ({ use_scale, score_mode, dropout, use_causal_mask }) => ({
      class_name: 'Attention',
      config: { use_scale, score_mode, dropout },
      ...(use_causal_mask ? { call: { use_causal_mask } } : {}),
    }),
    activation: () => null,
  },
});
