/** Owns the cases of layer blocks by family; a new family adds a file and a line here. */
import { blockCase, type Described } from './block-case';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];
const l2 = { l1: 0.01, l2: 0.02 };

const described: Described[] = [
  ['Permute', { dims: [3, 1, 2] }, MAP],
  ['RepeatVector', { n: 3 }, [5]],
  ['Rescaling', { scale: 0.5, offset: -1 }, MAP],
  ['LayerNormalization', {}, MAP],
  ['LayerNormalization', { axis: 1, epsilon: 0.1, center: false }, MAP],
  ['LayerNormalization', { scale: false }, [7]],
  ['UnitNormalization', {}, SEQUENCE],
  ['UnitNormalization', { axis: 1 }, SEQUENCE],
  ['GaussianNoise', { stddev: 0 }, [5]],
  ['SpatialDropout2D', { rate: 0 }, MAP],
  ['Conv2DTranspose', { filters: 4, activation: 'relu' }, MAP],
  ['Conv2DTranspose', { filters: 4, strides: [2, 2], padding: 'same', use_bias: false }, MAP],
  ['Conv2DTranspose', { filters: 2, strides: [3, 2], kernel_size: [2, 4], kernel_regularizer: l2 }, MAP],
  ['DepthwiseConv2D', { activation: 'tanh' }, MAP],
  ['DepthwiseConv2D', { depth_multiplier: 2, strides: [2, 2], padding: 'same', depthwise_regularizer: l2 }, MAP],
  ['DepthwiseConv2D', { dilation_rate: [2, 2], kernel_size: [2, 3], use_bias: false }, MAP],
  ['SeparableConv2D', { filters: 4 }, MAP],
  ['SeparableConv2D', { filters: 4, depth_multiplier: 2, strides: [2, 2], padding: 'same', pointwise_regularizer: l2 }, MAP],
  ['SeparableConv2D', { filters: 2, dilation_rate: [2, 2], padding: 'same', use_bias: false }, MAP],
  ['Conv1D', { filters: 5, activation: 'relu' }, SEQUENCE],
  ['Conv1D', { filters: 5, strides: [2], padding: 'same' }, SEQUENCE],
  ['Conv1D', { filters: 5, padding: 'causal', dilation_rate: [2] }, SEQUENCE],
  ['Conv1D', { filters: 5, padding: 'causal', strides: [3], kernel_size: [2] }, SEQUENCE],
  ['Conv1D', { filters: 5, dilation_rate: [3], use_bias: false, kernel_regularizer: l2 }, SEQUENCE],
  ['UpSampling2D', { size: [2, 3] }, MAP],
  ['UpSampling2D', { size: [2, 3], interpolation: 'bilinear' }, MAP],
  ['ZeroPadding2D', { padding: [1, 0, 2, 3] }, MAP],
  ['Cropping2D', { cropping: [1, 0, 2, 3] }, MAP],
  ['GlobalMaxPooling2D', {}, MAP],
  ['MaxPooling1D', {}, SEQUENCE],
  ['MaxPooling1D', { pool_size: [3], strides: [2], padding: 'same' }, SEQUENCE],
  ['AveragePooling1D', {}, SEQUENCE],
  ['AveragePooling1D', { pool_size: [3], strides: [2], padding: 'same' }, SEQUENCE],
  ['GlobalAveragePooling1D', {}, SEQUENCE],
  ['GlobalMaxPooling1D', {}, SEQUENCE],
  ['PReLU', {}, SEQUENCE],
  ['PReLU', { shared_axes: [1, 2], alpha_initializer: 'ones' }, MAP],
  ['Activation', { activation: 'gelu' }, SEQUENCE],
  ['Multiply', {}, SEQUENCE, 3],
  ['Subtract', {}, SEQUENCE, 2],
  ['Average', {}, SEQUENCE, 3],
  ['Maximum', {}, SEQUENCE, 3],
  ['Minimum', {}, SEQUENCE, 3],
  ['Dot', {}, [5], 2],
  ['Dot', { normalize: true }, [5], 2],
  ['Dot', { axes: [1, 1] }, SEQUENCE, 2],
  ['Dot', { axes: [2, -1], normalize: true }, SEQUENCE, 2],
]; // prettier-ignore

export const blockCases = described.map((each) => blockCase(...each));
