/** Owns the convolutions, computed from TensorFlow.js' operations and with Keras' names of weights. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { grown } from '../../../../shared/blocks/convolution/convolution-transpose';
import type { Json } from '../../../../shared/document/document';
import { tf } from '../../tensorflow';
import { activations } from '../activations';
import { initializerConfig } from '../initializers';
import { convolve, convolveBackwards, convolveByChannel } from '../own-layers/convolve';
import { lengthOf, Operation } from '../own-layers/operation';
import { regularizer } from '../regularizers';
import { cannot, padding, perAxis, weighted, withActivation, type Adapter } from './adapted-layer';

type Rank = 1 | 2 | 3;

const withBias = (y: Tensor, bias: Tensor | undefined): Tensor => (bias === undefined ? y : tf.add(y, bias));
const biasShape = (use: boolean, length: number): Record<string, number[]> => (use ? { bias: [length] } : {});
const ones = (rank: Rank) => Array<number>(rank).fill(1);
const isDilated = (rates: readonly number[]) => rates.some((rate) => rate > 1);

const sliding = (rank: Rank) => ({
  kernel_size: perAxis(rank),
  strides: perAxis(rank).default(ones(rank)),
  dilation_rate: perAxis(rank).default(ones(rank)),
});

/** Zeros before the start only, so that no output looks ahead. */
const causallyPadded = (x: Tensor, size: number, rate: number): Tensor =>
  tf.pad(x, [[0, 0], [(size - 1) * rate, 0], [0, 0]]); // prettier-ignore

function adaptConvolution(rank: Rank): Adapter {
  const schema = z.object({
    filters: z.number().int(),
    ...sliding(rank),
    padding: z.enum(['valid', 'same', 'causal']).default('valid'),
    groups: z.number().int().default(1),
    ...weighted,
  });
  const translated = (config: z.infer<typeof schema>) => {
    if (config.padding === 'causal') return cannot('TensorFlow.js has no causal padding.');
    if (config.groups > 1) return cannot('TensorFlow.js has no convolution in groups.');
    if (rank === 3 && isDilated(config.dilation_rate))
      return cannot('TensorFlow.js has no Conv3D with gaps in its filters.');
    const { filters, kernel_size, strides, padding: pad, dilation_rate, use_bias } = config;
    const written = { filters, kernel_size, strides, padding: pad, dilation_rate, use_bias, data_format: 'channels_last' }; // prettier-ignore
    return withActivation({ class_name: `Conv${rank}D`, config: written }, config.activation);
  };
  return (raw, { inputs }) => {
    const config = schema.parse(raw);
    const { filters, kernel_size, use_bias, groups } = config;
    const causal = config.padding === 'causal';
    const slid = { ...config, padding: config.padding === 'same' ? config.padding : 'valid' } as const;
    const create = () =>
      new Operation(
        ([x], { kernel, bias }) => {
          const padded = causal ? causallyPadded(x, kernel_size[0], config.dilation_rate[0]) : x;
          return withBias(convolve(padded, kernel, slid, groups), bias);
        },
        {
          kernel: [...kernel_size, lengthOf(inputs[0], -1) / groups, filters],
          ...biasShape(use_bias, filters),
        },
      );
    return {
      create,
      activation: activations[config.activation],
      penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
      tfjs: translated(config),
    };
  };
}

function adaptTransposed(rank: Rank): Adapter {
  const schema = z.object({
    filters: z.number().int(),
    ...sliding(rank),
    padding,
    output_padding: perAxis(rank).nullish(),
    ...weighted,
  });
  const translated = (config: z.infer<typeof schema>) => {
    if (rank === 1) return cannot('TensorFlow.js has no Conv1DTranspose.');
    if (config.output_padding) return cannot('TensorFlow.js has no output_padding.');
    if (isDilated(config.dilation_rate))
      return cannot('TensorFlow.js leaves the dilation_rate of a transposed convolution out.');
    const { filters, kernel_size, strides, use_bias } = config;
    const written = { filters, kernel_size, strides, padding: config.padding, use_bias, data_format: 'channels_last' }; // prettier-ignore
    return withActivation({ class_name: `Conv${rank}DTranspose`, config: written }, config.activation);
  };
  return (raw, { inputs }) => {
    const config = schema.parse(raw);
    const { filters, kernel_size, use_bias, strides, dilation_rate } = config;
    const lengths = (x: Tensor) =>
      x.shape.slice(1, -1).map((n, axis) =>
        grown(n, {
          size: kernel_size[axis],
          stride: strides[axis],
          dilation: dilation_rate[axis],
          padding: config.padding,
          extra: config.output_padding?.[axis] ?? null,
        }),
      );
    const create = () =>
      new Operation(
        ([x], { kernel, bias }) => withBias(convolveBackwards(x, kernel, lengths(x), config), bias),
        { kernel: [...kernel_size, filters, lengthOf(inputs[0], -1)], ...biasShape(use_bias, filters) },
      );
    return {
      create,
      activation: activations[config.activation],
      penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
      tfjs: translated(config),
    };
  };
}

const byChannel = (rank: 1 | 2) => ({
  ...sliding(rank),
  padding,
  depth_multiplier: z.number().int().default(1),
  activation: weighted.activation,
  use_bias: weighted.use_bias,
  depthwise_initializer: initializerConfig.optional(),
  depthwise_regularizer: regularizer,
  bias_regularizer: regularizer,
});
const depthwise = (rank: 1 | 2) => z.object(byChannel(rank));
const separable = (rank: 1 | 2) =>
  z.object({
    ...byChannel(rank),
    filters: z.number().int(),
    pointwise_initializer: initializerConfig.optional(),
    pointwise_regularizer: regularizer,
  });
const writtenByChannel = (config: z.infer<ReturnType<typeof depthwise>>): Record<string, Json> => ({
  kernel_size: config.kernel_size,
  depth_multiplier: config.depth_multiplier,
  strides: config.strides,
  padding: config.padding,
  dilation_rate: config.dilation_rate,
  use_bias: config.use_bias,
  data_format: 'channels_last',
});

const noSequences = (type: string) => cannot(`TensorFlow.js has no ${type}.`);

function adaptDepthwise(rank: 1 | 2): Adapter {
  const schema = depthwise(rank);
  const translated = (config: z.infer<typeof schema>) => {
    if (rank === 1) return noSequences('DepthwiseConv1D');
    if (isDilated(config.dilation_rate))
      return cannot('TensorFlow.js leaves the dilation_rate of a DepthwiseConv2D out.');
    if (config.strides[0] !== config.strides[1])
      return cannot('TensorFlow.js moves filters of single channels by one stride only.');
    const written = { class_name: 'DepthwiseConv2D', config: writtenByChannel(config) };
    const tfjs = withActivation(written, config.activation);
    return tfjs.ok ? { ...tfjs, weightNames: { depthwise_kernel: 'kernel' } } : tfjs;
  };
  return (raw, { inputs }) => {
    const config = schema.parse(raw);
    const channels = lengthOf(inputs[0], -1);
    return {
      create: () =>
        new Operation(([x], { kernel, bias }) => withBias(convolveByChannel(x, kernel, config), bias), {
          kernel: [...config.kernel_size, channels, config.depth_multiplier],
          ...biasShape(config.use_bias, channels * config.depth_multiplier),
        }),
      activation: activations[config.activation],
      penalties: { kernel: config.depthwise_regularizer, bias: config.bias_regularizer },
      initializers: { kernel: config.depthwise_initializer },
      tfjs: translated(config),
    };
  };
}

function adaptSeparable(rank: 1 | 2): Adapter {
  const schema = separable(rank);
  const plain = { strides: ones(rank), dilation_rate: ones(rank), padding: 'valid' } as const;
  const translated = (config: z.infer<typeof schema>) => {
    if (rank === 1) return noSequences('SeparableConv1D');
    if (config.strides[0] !== config.strides[1] || (config.strides[0] > 1 && isDilated(config.dilation_rate)))
      return cannot('TensorFlow.js moves filters of single channels by one stride only, and not with gaps.');
    if (config.depth_multiplier > 1)
      return cannot(
        'TensorFlow.js forgets the depth_multiplier of a SeparableConv2D when it writes it down.',
      );
    const written = { filters: config.filters, ...writtenByChannel(config) };
    return withActivation({ class_name: 'SeparableConv2D', config: written }, config.activation);
  };
  return (raw, { inputs }) => {
    const config = schema.parse(raw);
    const { filters, depth_multiplier } = config;
    const channels = lengthOf(inputs[0], -1);
    const create = () =>
      new Operation(
        ([x], { depthwise_kernel, pointwise_kernel, bias }) => {
          const maps = convolveByChannel(x, depthwise_kernel, config);
          return withBias(convolve(maps, pointwise_kernel, plain), bias);
        },
        {
          depthwise_kernel: [...config.kernel_size, channels, depth_multiplier],
          pointwise_kernel: [...ones(rank), channels * depth_multiplier, filters],
          ...biasShape(config.use_bias, filters),
        },
      );
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
      tfjs: translated(config),
    };
  };
}

export const convolutionAdapters: Record<string, Adapter> = {
  Conv1D: adaptConvolution(1),
  Conv2D: adaptConvolution(2),
  Conv3D: adaptConvolution(3),
  Conv1DTranspose: adaptTransposed(1),
  Conv2DTranspose: adaptTransposed(2),
  Conv3DTranspose: adaptTransposed(3),
  DepthwiseConv1D: adaptDepthwise(1),
  DepthwiseConv2D: adaptDepthwise(2),
  SeparableConv1D: adaptSeparable(1),
  SeparableConv2D: adaptSeparable(2),
};
