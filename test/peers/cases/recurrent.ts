/** Owns the cases of layers that read sequences step by step, and of what comes before and around them. */
import type { Json } from '../../../shared/document/document';
import { chainCase, type ChainOptions, type Link } from './chain';

const STEPS = [6, 4];
const every = { return_sequences: true };
const l2 = { l1: 0.01, l2: 0.02 };
const bidirectional = (params: Record<string, Json>): Link[] => [['Bidirectional', { units: 5, ...params }]];
const words: ChainOptions = { below: 9 };
const masked: Link = ['Embedding', { input_dim: 9, output_dim: 4, mask_zero: true }];

export const recurrentCases = (
  [
    ['SimpleRNN', STEPS, [['SimpleRNN', { units: 5 }]]],
    ['SimpleRNN, relu, every step, backwards', STEPS, [['SimpleRNN', { units: 5, activation: 'relu', go_backwards: true, ...every }]]],
    ['SimpleRNN without bias, L2', STEPS, [['SimpleRNN', { units: 5, use_bias: false, kernel_regularizer: l2, recurrent_regularizer: l2 }]]],
    ['LSTM', STEPS, [['LSTM', { units: 5 }]]],
    ['LSTM, every step, backwards', STEPS, [['LSTM', { units: 5, go_backwards: true, ...every }]]],
    ['LSTM without bias, hard sigmoid, softsign', STEPS, [['LSTM', { units: 5, use_bias: false, recurrent_activation: 'hard_sigmoid', activation: 'softsign' }]]],
    ['LSTM, L2, no forget bias', STEPS, [['LSTM', { units: 5, unit_forget_bias: false, recurrent_regularizer: l2, bias_regularizer: l2 }]]],
    ['GRU', STEPS, [['GRU', { units: 5 }]]],
    ['GRU, every step, backwards', STEPS, [['GRU', { units: 5, go_backwards: true, ...every }]]],
    ['GRU without bias, linear', STEPS, [['GRU', { units: 5, use_bias: false, activation: 'linear' }]]],
    ['GRU, reset before', STEPS, [['GRU', { units: 5, reset_after: false }]]],
    ['GRU, reset before, every step, without bias', STEPS, [['GRU', { units: 5, reset_after: false, use_bias: false, ...every }]]],
    ['LSTM on LSTM on GRU', STEPS, [['GRU', { units: 3, ...every }], ['LSTM', { units: 4, ...every }], ['LSTM', { units: 5 }]]],
    ['SimpleRNN, stateful', STEPS, [['SimpleRNN', { units: 5, stateful: true }]]],
    ['LSTM on GRU, stateful, every step', STEPS, [['GRU', { units: 3, stateful: true, ...every }], ['LSTM', { units: 5, stateful: true, ...every }]]],
    ['GRU, reset before, stateful, backwards', STEPS, [['GRU', { units: 5, reset_after: false, stateful: true, go_backwards: true }]]],
    ['mask, LSTM, stateful', [6], [masked, ['LSTM', { units: 5, stateful: true }]], words],
    ['ConvLSTM2D, stateful', [3, 5, 6, 2], [['ConvLSTM2D', { filters: 2, strides: [2, 1], stateful: true }]]],
    ['Bidirectional LSTM', STEPS, bidirectional({})],
    ['Bidirectional LSTM, every step, sum', STEPS, bidirectional({ ...every, merge_mode: 'sum' })],
    ['Bidirectional GRU, average', STEPS, bidirectional({ layer: 'GRU', merge_mode: 'ave' })],
    ['Bidirectional GRU, reset before, every step', STEPS, bidirectional({ layer: 'GRU', reset_after: false, ...every })],
    ['Bidirectional SimpleRNN, product', STEPS, bidirectional({ layer: 'SimpleRNN', merge_mode: 'mul', ...every })],
    ['TimeDistributed Dense', STEPS, [['TimeDistributed', { units: 3, activation: 'tanh' }]]],
    ['TimeDistributed Dense on LSTM', STEPS, [['LSTM', { units: 5, ...every }], ['TimeDistributed', { units: 3, activation: 'softmax' }]]],
    ['TimeDistributed Conv2D, pooling, Flatten, LSTM', [3, 6, 6, 2], [['TimeDistributed', { layer: 'Conv2D', filters: 3, activation: 'relu' }], ['TimeDistributed', { layer: 'MaxPooling2D' }], ['TimeDistributed', { layer: 'Flatten' }], ['LSTM', { units: 4 }]]],
    ['TimeDistributed GlobalAveragePooling2D', [3, 5, 5, 4], [['TimeDistributed', { layer: 'GlobalAveragePooling2D' }], ['GRU', { units: 4 }]]],
    ['ConvLSTM1D', [4, 7, 2], [['ConvLSTM1D', { filters: 3 }]]],
    ['ConvLSTM1D, every step, backwards, wide', [4, 7, 2], [['ConvLSTM1D', { filters: 3, dilation_rate: [2], padding: 'same', go_backwards: true, ...every }]]],
    ['ConvLSTM1D of one step', [1, 7, 2], [['ConvLSTM1D', { filters: 2 }]]],
    ['LSTM of one step', [1, 3], [['LSTM', { units: 2 }]]],
    ['ConvLSTM2D', [3, 5, 6, 2], [['ConvLSTM2D', { filters: 2, kernel_size: [2, 3], recurrent_regularizer: l2 }]]],
    ['ConvLSTM2D without bias, strides, hard sigmoid, every step', [3, 5, 6, 2], [['ConvLSTM2D', { filters: 2, strides: [2, 2], padding: 'same', use_bias: false, recurrent_activation: 'hard_sigmoid', ...every }]]],
    ['ConvLSTM3D', [2, 4, 4, 4, 1], [['ConvLSTM3D', { filters: 2, kernel_size: [2, 2, 2], unit_forget_bias: false }]]],
    ['Embedding', [6], [['Embedding', { input_dim: 9, output_dim: 4, embeddings_regularizer: l2 }]], words],
    ['Embedding of tables', [3, 4], [['Embedding', { input_dim: 9, output_dim: 2 }]], words],
    ['Masking, LSTM', [6, 1], [['Masking', {}], ['LSTM', { units: 5 }]], { below: 2 }],
    ['Masking of ones, SimpleRNN, every step', [6, 1], [['Masking', { mask_value: 1 }], ['SimpleRNN', { units: 3, ...every }]], { below: 3 }],
    ['Masking of what was learned, GRU', [6, 3], [['Dense', { units: 2, activation: 'relu' }], ['Masking', {}], ['GRU', { units: 3 }]]],
    ['mask, LSTM', [6], [masked, ['LSTM', { units: 5 }]], words],
    ['mask, GRU, every step', [6], [masked, ['GRU', { units: 5, ...every }]], words],
    ['mask, GRU backwards, every step', [6], [masked, ['GRU', { units: 5, go_backwards: true, ...every }]], words],
    ['mask, LSTM on LSTM', [6], [masked, ['LSTM', { units: 5, ...every }], ['LSTM', { units: 3 }]], words],
    ['mask, Bidirectional LSTM', [6], [masked, ...bidirectional({})], words],
    ['mask, Bidirectional LSTM, every step', [6], [masked, ...bidirectional(every)], words],
    ['mask, Dense, Dropout, average', [6], [masked, ['Dense', { units: 4, activation: 'relu' }], ['Dropout', { rate: 0 }], ['GlobalAveragePooling1D', {}]], words],
    ['mask, LayerNormalization, TimeDistributed, LSTM', [6], [masked, ['LayerNormalization', {}], ['TimeDistributed', { units: 3 }], ['LSTM', { units: 3 }]], words],
    ['mask, lost at Conv1D, LSTM', [6], [masked, ['Conv1D', { filters: 3, padding: 'same' }], ['LSTM', { units: 3 }]], words],
    ['two masks, Add, LSTM', [6], [masked, ['Embedding', { input_dim: 9, output_dim: 4, mask_zero: true }, ['input']], ['Add', {}, ['a', 'b']], ['LSTM', { units: 3 }]], words],
    ['mask beside none, Add, LSTM', [6], [masked, ['Embedding', { input_dim: 9, output_dim: 4 }, ['input']], ['Add', {}, ['a', 'b']], ['LSTM', { units: 3 }]], words],
    ['mask, Concatenate, LSTM', [6], [masked, ['LSTM', { units: 3, ...every }], ['Concatenate', {}, ['a', 'b']], ['GRU', { units: 3 }]], words],
    ['PositionEmbedding', STEPS, [['PositionEmbedding', {}], ['GRU', { units: 3 }]]],
    ['PositionEmbedding, sinusoidal', [5, 7], [['PositionEmbedding', { kind: 'sinusoidal', max_wavelength: 100 }]]],
  ] satisfies [string, number[], Link[], ChainOptions?][]
).map(([name, inner, links, options]) => chainCase(`sequence: ${name}`, inner, links, options)); // prettier-ignore
