/** Owns the block that transformers are made of (Vaswani et al. 2017). */
import { chainPart } from '../sketch';

export const transformerEncoder = chainPart(
  'transformer_encoder',
  'Transformer encoder',
  'Each step looks at all steps, then two Dense layers work on each by itself; both are added to what came in and normalised.',
  {
    features: [['out', 'units']],
    num_heads: [['attention', 'num_heads']],
    key_dim: [['attention', 'key_dim']],
    hidden: [['hidden', 'units']],
    rate: [
      ['drop_attention', 'rate'],
      ['drop_dense', 'rate'],
    ],
  },
  (s, input) => {
    const attention = s.add('MultiHeadAttention', { num_heads: 2, key_dim: 32 }, input, 'attention');
    const attended = s.add('Dropout', { rate: 0.1 }, attention, 'drop_attention');
    const first = s.chain(s.add('Add', {}, [input, attended]), ['LayerNormalization', { epsilon: 1e-6 }]);
    const hidden = s.add('Dense', { units: 32, activation: 'relu' }, first, 'hidden');
    const out = s.add('Dense', { units: 32 }, hidden, 'out');
    const dropped = s.add('Dropout', { rate: 0.1 }, out, 'drop_dense');
    return s.chain(s.add('Add', {}, [first, dropped]), ['LayerNormalization', { epsilon: 1e-6 }]);
  },
);
