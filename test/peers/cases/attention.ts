/** Owns the cases of attention: of one sequence with itself, of two, with masks and with the future hidden. */
import { chainCase, type ChainOptions, type Link } from './chain';

const STEPS = [6, 4];
const self = ['input', 'input', 'input'];
/** Two sequences of one: `a` has features mixed, `b` half as many steps. */
const two: Link[] = [
  ['Dense', { units: 4, activation: 'tanh' }, ['input']],
  ['MaxPooling1D', {}, ['input']],
];
const words: ChainOptions = { below: 9 };
const masked: Link = ['Embedding', { input_dim: 9, output_dim: 4, mask_zero: true }];

export const attentionCases = (
  [
    ['MultiHeadAttention', STEPS, [['MultiHeadAttention', { num_heads: 2, key_dim: 3 }, self]]],
    ['MultiHeadAttention without bias, causal', STEPS, [['MultiHeadAttention', { num_heads: 3, key_dim: 2, use_bias: false, use_causal_mask: true }, self]]],
    ['MultiHeadAttention of two, L2', STEPS, [...two, ['MultiHeadAttention', { num_heads: 2, key_dim: 3, value_dim: 5, kernel_regularizer: { l1: 0, l2: 0.01 } }, ['a', 'b', 'b']]]],
    ['MultiHeadAttention of three', STEPS, [...two, ['Dense', { units: 3 }, ['b']], ['MultiHeadAttention', { num_heads: 2, key_dim: 3 }, ['a', 'b', 'c']]]],
    ['MultiHeadAttention, mask, average', [6], [masked, ['MultiHeadAttention', { num_heads: 2, key_dim: 3 }, ['a', 'a', 'a']], ['GlobalAveragePooling1D', {}]], words],
    ['MultiHeadAttention, mask, causal, LSTM', [6], [masked, ['MultiHeadAttention', { num_heads: 2, key_dim: 3, use_causal_mask: true }, ['a', 'a', 'a']], ['LSTM', { units: 3 }]], words],
    ['GroupQueryAttention', STEPS, [['GroupQueryAttention', { head_dim: 3, num_query_heads: 4, num_key_value_heads: 2, kernel_regularizer: { l1: 0, l2: 0.01 } }, self]]],
    ['GroupQueryAttention of two, one head of keys, with gate', STEPS, [...two, ['GroupQueryAttention', { head_dim: 3, num_query_heads: 3, num_key_value_heads: 1, use_gate: true }, ['a', 'b', 'b']]]],
    ['GroupQueryAttention, sliding, causal, without bias', STEPS, [['GroupQueryAttention', { head_dim: 2, num_query_heads: 2, sliding_window: 2, use_causal_mask: true, use_bias: false }, self]]],
    ['GroupQueryAttention, mask, LSTM', [6], [masked, ['GroupQueryAttention', { head_dim: 2, num_query_heads: 4 }, ['a', 'a', 'a']], ['LSTM', { units: 3 }]], words],
    ['Attention', STEPS, [['Attention', {}, self]]],
    ['Attention of two, scaled', STEPS, [...two, ['Attention', { use_scale: true }, ['a', 'b', 'b']]]],
    ['Attention, concat, scaled, causal', STEPS, [['Dense', { units: 4 }], ['Attention', { score_mode: 'concat', use_scale: true, use_causal_mask: true }, ['a', 'a', 'a']]]],
    ['Attention, concat', STEPS, [['Dense', { units: 4 }], ['Attention', { score_mode: 'concat' }, ['a', 'input', 'input']]]],
    ['Attention, mask', [6], [masked, ['Attention', { use_scale: true }, ['a', 'a', 'a']], ['GlobalAveragePooling1D', {}]], words],
    ['Attention, mask, causal', [6], [masked, ['Attention', { use_causal_mask: true }, ['a', 'a', 'a']]], words],
    ['AdditiveAttention', STEPS, [...two, ['AdditiveAttention', {}, ['a', 'b', 'b']]]],
    ['AdditiveAttention without scale, causal', STEPS, [['Dense', { units: 4 }], ['AdditiveAttention', { use_scale: false, use_causal_mask: true }, ['a', 'a', 'a']]]],
    ['transformer encoder', STEPS, [['PositionEmbedding', {}], ['MultiHeadAttention', { num_heads: 2, key_dim: 2 }, ['a', 'a', 'a']], ['Add', {}, ['a', 'b']], ['LayerNormalization', { epsilon: 1e-6 }], ['Dense', { units: 8, activation: 'gelu' }], ['Dense', { units: 4 }], ['Add', {}, ['d', 'f']], ['LayerNormalization', {}], ['GlobalAveragePooling1D', {}]]],
  ] satisfies [string, number[], Link[], ChainOptions?][]
).map(([name, inner, links, options]) => chainCase(`sequence: ${name}`, inner, links, options)); // prettier-ignore
