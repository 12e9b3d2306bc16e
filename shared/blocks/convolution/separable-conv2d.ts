/** SeparableConv2D: each channel by itself, then a mixture of the channels at each pixel. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import { timesText } from '../inference';
import { layerPorts } from '../ports';
import { byChannelConfig, byChannelParameters, slideByChannel } from './by-channel';

export const separableConv2d = defineBlock({
  type: 'SeparableConv2D',
  version: 1,
  title: 'SeparableConv2D',
  category: 'Convolution',
  search: ['separable convolution', 'xception', 'mobilenet', 'pointwise', 'cheap convolution'],
  summary: 'A convolution in two cheap steps: each channel by itself, then a mixture at each pixel.',
  help: [
    'First each channel meets `depth_multiplier` filters of its own, as in DepthwiseConv2D; then a 1 × 1 convolution with `filters` outputs mixes the maps. It holds height × width × channels × multiplier + channels × multiplier × filters weights and a bias for each filter.',
    'Shapes: `[batch, 28, 28, 8]` with 32 filters of 3 × 3 → `[batch, 26, 26, 32]`, with 328 weights and 32 biases in place of 2,336.',
    'Typical mistake: using it as the first layer on grey pictures. With one channel there is hardly anything to save.',
  ].join('\n\n'),
  source:
    'Chollet, Xception: deep learning with depthwise separable convolutions (2017); Keras documentation, SeparableConv2D layer',
  parameters: {
    filters: {
      kind: 'integer',
      default: 32,
      min: 1,
      max: 100_000,
      help: 'Number of mixtures: channels of the output.',
    },
    ...byChannelParameters,
    pointwise_initializer: initializer(
      'glorot_uniform',
      'How the weights of the mixture are drawn before training.',
    ),
    pointwise_regularizer: regularizer('weights of the mixture'),
  },
  ports: () => layerPorts,
  caption: ({ filters, kernel_size }) =>
    `${filters} ${filters === 1 ? 'filter' : 'filters'}, ${timesText(kernel_size)}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const slid = slideByChannel('SeparableConv2D', input, values);
      if (!slid.ok) return slid;
      const { filters, kernel_size, depth_multiplier, use_bias } = values;
      const [batch, height, width] = slid.map;
      const maps = slid.channels * depth_multiplier;
      const weights = [
        {
          name: 'depthwise_kernel',
          shape: [...kernel_size, slid.channels, depth_multiplier],
          trainable: true,
        },
        { name: 'pointwise_kernel', shape: [1, 1, maps, filters], trainable: true },
        ...(use_bias ? [{ name: 'bias', shape: [filters], trainable: true }] : []),
      ];
      const multiplyAdds = slid.multiplyAdds + (height ?? 1) * (width ?? 1) * maps * filters;
      return {
        ok: true,
        value: { shape: [batch, height, width, filters], weights, multiplyAdds, findings: slid.findings },
      };
    },
    keras: (values) => ({
      class_name: 'SeparableConv2D',
      config: {
        filters: values.filters,
        ...byChannelConfig(values),
        pointwise_initializer: values.pointwise_initializer,
        pointwise_regularizer: regularizerConfig(values.pointwise_regularizer),
      },
    }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
