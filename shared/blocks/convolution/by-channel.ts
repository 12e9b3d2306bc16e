/** Owns the convolutions that look at each channel by itself: the depthwise and separable ones are these with their own words. */
import { activationParameter, switchedOn } from '../activation/functions';
import { defineBlock, type InputShape } from '../block';
import {
  initializer,
  kernelAndBias,
  regularizer,
  regularizerConfig,
  trainableParameter,
} from '../core/weighted';
import { timesText } from '../inference';
import type { Parameters, ValuesOf } from '../parameter';
import { layerPorts } from '../ports';
import { dilationParameter, filtersCaption, filtersParameter } from './convolution';
import { lengthsText, noSpace, perAxis, places, SPACES, unknownChannels, withInner } from './space';
import type { Space } from './space';
import { paddingParameter, slide } from './window';
import { written, type Words } from '../words';

const parametersOf = (space: Space) =>
  ({
    kernel_size: perAxis(space, 3, `${lengthsText(space)} of a filter.`),
    strides: perAxis(space, 1, 'How far the filter moves from one position to the next.'),
    padding: paddingParameter(space),
    depth_multiplier: {
      kind: 'integer',
      default: 1,
      min: 1,
      max: 1000,
      help: 'Number of filters for each channel.',
    },
    dilation_rate: dilationParameter(space),
    activation: activationParameter,
    use_bias: { kind: 'boolean', default: true, help: 'Adds one trainable number to each output.' },
    depthwise_initializer: initializer(
      'glorot_uniform',
      'How the filters of the channels are drawn before training.',
    ),
    bias_initializer: initializer('zeros', 'How the biases are set before training.'),
    depthwise_regularizer: regularizer('weights of these filters'),
    bias_regularizer: regularizer('biases'),
    ...trainableParameter,
  }) as const satisfies Parameters;

type Values = ValuesOf<ReturnType<typeof parametersOf>>;

const configOf = (values: Values) => ({
  kernel_size: [...values.kernel_size],
  strides: [...values.strides],
  padding: values.padding,
  depth_multiplier: values.depth_multiplier,
  data_format: 'channels_last',
  dilation_rate: [...values.dilation_rate],
  activation: values.activation,
  use_bias: values.use_bias,
  depthwise_initializer: values.depthwise_initializer,
  bias_initializer: values.bias_initializer,
  depthwise_regularizer: regularizerConfig(values.depthwise_regularizer),
  bias_regularizer: regularizerConfig(values.bias_regularizer),
});

/** The maps after each channel met its filters. */
function slideByChannel(space: Space, title: string, input: InputShape, values: Values) {
  const channels = input.shape.at(-1) ?? null;
  const wrong = noSpace(space, title, input) ?? (channels === null ? unknownChannels(title, input) : null);
  if (wrong) return wrong;
  const { kernel_size: size, strides, dilation_rate: dilation, padding, depth_multiplier } = values;
  const slid = slide(space, title, 'kernel_size', input, { size, strides, dilation, padding });
  if (!slid.ok) return slid;
  const maps = (channels ?? 1) * depth_multiplier;
  const shape = withInner(input.shape, slid.lengths, maps);
  return {
    ok: true,
    shape,
    maps,
    kernel: [...size, channels ?? 1, depth_multiplier],
    multiplyAdds: places(shape) * maps * size.reduce((product, n) => product * n, 1),
    findings: slid.findings,
  } as const;
}

export function depthwiseConvolution(rank: 1 | 2, words: Words) {
  const space = SPACES[rank];
  const type = `DepthwiseConv${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: 'y[p, c] = activation(Σ x[stride · p + dilation · k, c] · kernel[k, c] + bias[c])',
    category: 'Convolution',
    parameters: parametersOf(space),
    ports: () => layerPorts,
    caption: ({ kernel_size }) => `each channel, ${timesText(kernel_size)}`,
    behaviour: {
      kind: 'layer',
      affine: true,
      infer([input], values) {
        const slid = slideByChannel(space, type, input, values);
        if (!slid.ok) return slid;
        const { shape, kernel, maps, multiplyAdds, findings } = slid;
        return {
          ok: true,
          value: { shape, weights: kernelAndBias(kernel, maps, values.use_bias), multiplyAdds, findings },
        };
      },
      keras: (values) => ({ class_name: type, config: configOf(values) }),
      activation: ({ activation }) => switchedOn(activation),
    },
  });
}

export function separableConvolution(rank: 1 | 2, words: Words) {
  const space = SPACES[rank];
  const type = `SeparableConv${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: 'y[p, f] = activation(Σ (Σ x[stride · p + k, c] · depthwise[k, c]) · pointwise[c, f] + bias[f])',
    category: 'Convolution',
    parameters: {
      filters: filtersParameter('Number of mixtures: channels of the output.'),
      ...parametersOf(space),
      pointwise_initializer: initializer(
        'glorot_uniform',
        'How the weights of the mixture are drawn before training.',
      ),
      pointwise_regularizer: regularizer('weights of the mixture'),
    },
    ports: () => layerPorts,
    caption: ({ filters, kernel_size }) => filtersCaption(filters, kernel_size),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer([input], values) {
        const slid = slideByChannel(space, type, input, values);
        if (!slid.ok) return slid;
        const { filters, use_bias } = values;
        const { maps, kernel, findings } = slid;
        const shape = withInner(slid.shape, slid.shape.slice(1, -1), filters);
        const weights = [
          { name: 'depthwise_kernel', shape: kernel, trainable: true },
          {
            name: 'pointwise_kernel',
            shape: [...space.axes.map(() => 1), maps, filters],
            trainable: true,
          },
          ...(use_bias ? [{ name: 'bias', shape: [filters], trainable: true }] : []),
        ];
        const multiplyAdds = slid.multiplyAdds + places(shape) * maps * filters;
        return { ok: true, value: { shape, weights, multiplyAdds, findings } };
      },
      keras: (values) => ({
        class_name: type,
        config: {
          filters: values.filters,
          ...configOf(values),
          pointwise_initializer: values.pointwise_initializer,
          pointwise_regularizer: regularizerConfig(values.pointwise_regularizer),
        },
      }),
      activation: ({ activation }) => switchedOn(activation),
    },
  });
}
