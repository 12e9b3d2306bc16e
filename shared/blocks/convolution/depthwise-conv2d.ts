/** DepthwiseConv2D: each channel has filters of its own. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { kernelAndBias } from '../core/weighted';
import { timesText } from '../inference';
import { layerPorts } from '../ports';
import { byChannelConfig, byChannelParameters, slideByChannel } from './by-channel';

export const depthwiseConv2d = defineBlock({
  type: 'DepthwiseConv2D',
  version: 1,
  title: 'DepthwiseConv2D',
  category: 'Convolution',
  search: ['depthwise convolution', 'mobilenet', 'per channel', 'grouped'],
  summary: 'Slides a small filter over each channel by itself, without mixing channels.',
  help: [
    'A Conv2D filter looks at all channels at once; here each channel has `depth_multiplier` filters of its own. It holds height × width × channels × depth_multiplier weights and a bias for each map, far fewer than Conv2D.',
    'Shapes: `[batch, 28, 28, 8]` with 3 × 3 and a multiplier of 2 → `[batch, 26, 26, 16]`.',
    'Typical mistake: leaving out the 1 × 1 convolution after it. Without it no output ever sees two channels; SeparableConv2D has both.',
  ].join('\n\n'),
  source: 'Howard et al., MobileNets (2017); Keras documentation, DepthwiseConv2D layer',
  parameters: byChannelParameters,
  ports: () => layerPorts,
  caption: ({ kernel_size }) => `each channel, ${timesText(kernel_size)}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const slid = slideByChannel('DepthwiseConv2D', input, values);
      if (!slid.ok) return slid;
      const { map: shape, channels, multiplyAdds, findings } = slid;
      const { kernel_size, depth_multiplier, use_bias } = values;
      const weights = kernelAndBias(
        [...kernel_size, channels, depth_multiplier],
        channels * depth_multiplier,
        use_bias,
      );
      return { ok: true, value: { shape, weights, multiplyAdds, findings } };
    },
    keras: (values) => ({ class_name: 'DepthwiseConv2D', config: byChannelConfig(values) }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
