/** DepthwiseConv2D: each channel has filters of its own. */
import { depthwiseConvolution } from './by-channel';

export const depthwiseConv2d = depthwiseConvolution(2, {
  search: ['depthwise convolution', 'mobilenet', 'per channel', 'grouped'],
  summary: 'Slides a small filter over each channel by itself, without mixing channels.',
  help: [
    'A Conv2D filter looks at all channels at once; here each channel has `depth_multiplier` filters of its own. It holds height × width × channels × depth_multiplier weights and a bias for each map, far fewer than Conv2D.',
    'Shapes: `[batch, 28, 28, 8]` with 3 × 3 and a multiplier of 2 → `[batch, 26, 26, 16]`.',
    'Typical mistake: leaving out the 1 × 1 convolution after it. Without it no output ever sees two channels; SeparableConv2D has both.',
  ],
  source: 'Howard et al., MobileNets (2017); Keras documentation, DepthwiseConv2D layer',
});
