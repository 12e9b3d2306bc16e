/** Owns the convolutions beside Conv2D, each computed from TensorFlow.js' operations and with Keras' names of weights. */
import type { Tensor, Tensor3D, Tensor4D, Variable } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Json } from '../../../../shared/document/document';
import { tf } from '../../tensorflow';
import { activations } from '../activations';
import { spread } from '../own-layers/dilated-conv2d';
import { lengthOf, Operation } from '../own-layers/operation';
import { regularizer } from '../regularizers';
import { cannot, padding, pair, single, weighted, withActivation, type Adapter } from './adapted-layer';

type Pair = readonly [number, number];

const initializerName = z.unknown();
const withBias = (y: Tensor, bias: Variable | undefined): Tensor =>
  bias === undefined ? y : tf.add(y, bias);
const biasShape = (use: boolean, length: number): Record<string, number[]> => (use ? { bias: [length] } : {});

const conv1d = z.object({
  filters: z.number().int(),
  kernel_size: single,
  strides: single.default(1),
  padding: z.enum(['valid', 'same', 'causal']).default('valid'),
  dilation_rate: single.default(1),
  ...weighted,
});
/** A sequence is a picture of one row. `causal` puts zeros before it, so that no output looks ahead. */
function sequenceConvolution(x: Tensor, kernel: Tensor, config: z.infer<typeof conv1d>): Tensor {
  const { kernel_size: size, strides, dilation_rate: rate } = config;
  const causal = config.padding === 'causal';
  const before: [number, number][] = [[0, 0], [(size - 1) * rate, 0], [0, 0]]; // prettier-ignore
  const row = tf.expandDims<Tensor4D>(causal ? tf.pad(x, before) : x, 1);
  const window = spread(tf.expandDims(kernel, 0), [1, rate]);
  const around = config.padding === 'same' ? 'same' : 'valid';
  return tf.squeeze<Tensor3D>(tf.conv2d(row, window, [1, strides], around), [1]);
}
const adaptConv1D: Adapter = (raw, { inputs }) => {
  const config = conv1d.parse(raw);
  const { filters, kernel_size, strides, dilation_rate, use_bias } = config;
  const channels = lengthOf(inputs[0], -1);
  const written = { filters, kernel_size, strides, padding: config.padding, dilation_rate, use_bias };
  return {
    create: () =>
      new Operation(([x], { kernel, bias }) => withBias(sequenceConvolution(x, kernel, config), bias), {
        kernel: [kernel_size, channels, filters],
        ...biasShape(use_bias, filters),
      }),
    activation: activations[config.activation],
    penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
    tfjs:
      config.padding === 'causal'
        ? cannot('TensorFlow.js has no causal padding.')
        : withActivation({ class_name: 'Conv1D', config: written }, config.activation),
  };
};

const transposed = z.object({
  filters: z.number().int(),
  kernel_size: pair,
  strides: pair.default([1, 1]),
  padding,
  ...weighted,
});
const adaptConv2DTranspose: Adapter = (raw, { inputs }) => {
  const config = transposed.parse(raw);
  const { filters, kernel_size, strides, use_bias } = config;
  const grown = (n: number, axis: 0 | 1) =>
    n * strides[axis] + (config.padding === 'valid' ? Math.max(kernel_size[axis] - strides[axis], 0) : 0);
  const create = () =>
    new Operation(
      ([x], { kernel, bias }) => {
        const [batch, height, width] = x.shape;
        const shape: [number, number, number, number] = [batch, grown(height, 0), grown(width, 1), filters];
        const y = tf.conv2dTranspose(
          x as Tensor4D,
          kernel as Tensor as Tensor4D,
          shape,
          strides,
          config.padding,
        );
        return withBias(y, bias);
      },
      { kernel: [...kernel_size, filters, lengthOf(inputs[0], -1)], ...biasShape(use_bias, filters) },
    );
  const written = {
    filters,
    kernel_size,
    strides,
    padding: config.padding,
    use_bias,
    data_format: 'channels_last',
  };
  return {
    create,
    activation: activations[config.activation],
    penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
    tfjs: withActivation({ class_name: 'Conv2DTranspose', config: written }, config.activation),
  };
};

interface Depthwise {
  strides: Pair;
  padding: 'valid' | 'same';
  dilation_rate: Pair;
}
const convolvedByChannel = (x: Tensor, kernel: Tensor, { strides, padding: pad, dilation_rate }: Depthwise) =>
  tf.depthwiseConv2d(x as Tensor4D, spread(kernel, dilation_rate), [...strides], pad);

const byChannel = {
  kernel_size: pair,
  depth_multiplier: z.number().int().default(1),
  strides: pair.default([1, 1]),
  padding,
  dilation_rate: pair.default([1, 1]),
  activation: weighted.activation,
  use_bias: weighted.use_bias,
  depthwise_initializer: initializerName,
  depthwise_regularizer: regularizer,
  bias_regularizer: regularizer,
};
const writtenByChannel = (
  config: Depthwise & { kernel_size: Pair; depth_multiplier: number; use_bias: boolean },
): Record<string, Json> => ({
  kernel_size: [...config.kernel_size],
  depth_multiplier: config.depth_multiplier,
  strides: [...config.strides],
  padding: config.padding,
  dilation_rate: [...config.dilation_rate],
  use_bias: config.use_bias,
  data_format: 'channels_last',
});

const depthwise = z.object(byChannel);
const adaptDepthwiseConv2D: Adapter = (raw, { inputs }) => {
  const config = depthwise.parse(raw);
  const channels = lengthOf(inputs[0], -1);
  const tfjs = config.dilation_rate.some((rate) => rate > 1)
    ? cannot('TensorFlow.js leaves the dilation_rate of a DepthwiseConv2D out.')
    : withActivation({ class_name: 'DepthwiseConv2D', config: writtenByChannel(config) }, config.activation);
  return {
    create: () =>
      new Operation(([x], { kernel, bias }) => withBias(convolvedByChannel(x, kernel, config), bias), {
        kernel: [...config.kernel_size, channels, config.depth_multiplier],
        ...biasShape(config.use_bias, channels * config.depth_multiplier),
      }),
    activation: activations[config.activation],
    penalties: { kernel: config.depthwise_regularizer, bias: config.bias_regularizer },
    initializers: { kernel: config.depthwise_initializer },
    tfjs: tfjs.ok ? { ...tfjs, weightNames: { depthwise_kernel: 'kernel' } } : tfjs,
  };
};

const separable = z.object({
  ...byChannel,
  filters: z.number().int(),
  pointwise_initializer: initializerName,
  pointwise_regularizer: regularizer,
});
const adaptSeparableConv2D: Adapter = (raw, { inputs }) => {
  const config = separable.parse(raw);
  const { filters, depth_multiplier } = config;
  const channels = lengthOf(inputs[0], -1);
  const create = () =>
    new Operation(
      ([x], { depthwise_kernel, pointwise_kernel, bias }) => {
        const maps = convolvedByChannel(x, depthwise_kernel, config);
        return withBias(tf.conv2d(maps, pointwise_kernel as Tensor as Tensor4D, 1, 'valid'), bias);
      },
      {
        depthwise_kernel: [...config.kernel_size, channels, depth_multiplier],
        pointwise_kernel: [1, 1, channels * depth_multiplier, filters],
        ...biasShape(config.use_bias, filters),
      },
    );
  const written = { filters, ...writtenByChannel(config) };
  return {
    create,
    activation: activations[config.activation],
    penalties: {
      depthwise_kernel: config.depthwise_regularizer,
      pointwise_kernel: config.pointwise_regularizer,
      bias: config.bias_regularizer,
    },
    initializers: {
      depthwise_kernel: config.depthwise_initializer,
      pointwise_kernel: config.pointwise_initializer,
    },
    tfjs:
      depth_multiplier > 1
        ? cannot('TensorFlow.js forgets the depth_multiplier of a SeparableConv2D when it writes it down.')
        : withActivation({ class_name: 'SeparableConv2D', config: written }, config.activation),
  };
};

export const convolutionAdapters: Record<string, Adapter> = {
  Conv1D: adaptConv1D,
  Conv2DTranspose: adaptConv2DTranspose,
  DepthwiseConv2D: adaptDepthwiseConv2D,
  SeparableConv2D: adaptSeparableConv2D,
};
