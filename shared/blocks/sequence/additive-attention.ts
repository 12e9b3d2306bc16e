/** AdditiveAttention: attention whose score is a weighed tanh of the sum of query and key. */
import { defineBlock } from '../block';
import { attended, attentionDropout, attentionPorts, causalParameter, unlikeFeatures } from './attending';

export const additiveAttention = defineBlock({
  type: 'AdditiveAttention',
  version: 1,
  title: 'AdditiveAttention',
  category: 'Sequence',
  search: ['bahdanau', 'attention', 'seq2seq', 'translation', 'alignment'],
  summary: 'For every query, a mixture of the values, weighed by tanh of the sum of query and key.',
  help: [
    'The score of a query and a key is `Σ scale · tanh(query + key)` over their features, with one trained `scale` for each feature; softmax makes weights of the scores, and the values are mixed with them.',
    'Shapes: query `[batch, 10, 64]`, value `[batch, 30, 64]` → `[batch, 10, 64]`, with 64 weights. Without a wire at `value` the query is used, without one at `key` the value.',
    'Typical mistake: using it for long sequences. It keeps a row of features for every pair of steps.',
  ].join('\n\n'),
  source:
    'Bahdanau, Cho and Bengio, Neural machine translation by jointly learning to align and translate (2015); Keras documentation, AdditiveAttention layer',
  parameters: {
    use_scale: { kind: 'boolean', default: true, help: 'Trains a factor for each feature.' },
    dropout: attentionDropout,
    use_causal_mask: causalParameter,
  },
  ports: () => attentionPorts,
  caption: () => 'by sum',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer(inputs, { use_scale }) {
      const found = attended('AdditiveAttention', inputs);
      if (!found.ok) return found;
      const unlike = unlikeFeatures('AdditiveAttention', inputs);
      if (unlike) return unlike;
      const { batch, queries, keys, features } = found.value;
      const pairs = (queries ?? 1) * (keys ?? 1);
      return {
        ok: true,
        value: {
          shape: [batch, queries, features[1]],
          weights: use_scale ? [{ name: 'scale', shape: [features[0]], trainable: true }] : [],
          multiplyAdds: pairs * (features[0] + features[1]),
          keptValues: 2 * pairs * (features[0] + 1) + (queries ?? 1) * features[1],
        },
      };
    },
    keras: ({ use_scale, dropout, use_causal_mask }) => ({
      class_name: 'AdditiveAttention',
      config: { use_scale, dropout },
      ...(use_causal_mask ? { call: { use_causal_mask } } : {}),
    }),
    activation: () => null,
  },
});
