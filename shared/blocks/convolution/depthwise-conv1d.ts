/** DepthwiseConv1D: each channel of a sequence has filters of its own. */
import { depthwiseConvolution } from './by-channel';

export const depthwiseConv1d = depthwiseConvolution(1, {
  search: ['depthwise convolution', 'per channel', 'sequence', 'time series', 'signal'],
  summary: 'Slides a short filter along each channel by itself, without mixing channels.',
  help: [
    'A Conv1D filter looks at all channels at once; here each channel has `depth_multiplier` filters of its own. It holds kernel_size × channels × depth_multiplier weights and a bias for each output channel.',
    'Shapes: `[batch, 100, 8]` with 5 and a multiplier of 2 → `[batch, 96, 16]`.',
    'Typical mistake: expecting it to relate one sensor to another. No output ever sees two channels; SeparableConv1D mixes them.',
  ],
  source:
    'Kaiser, Gomez and Chollet, Depthwise separable convolutions for neural machine translation (2018); Keras documentation, DepthwiseConv1D layer',
});
