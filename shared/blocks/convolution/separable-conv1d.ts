/** SeparableConv1D: each channel by itself, then a mixture of the channels at each step. */
import { separableConvolution } from './by-channel';

export const separableConv1d = separableConvolution(1, {
  search: ['separable convolution', 'pointwise', 'cheap convolution', 'sequence', 'time series'],
  summary:
    'A convolution along a sequence in two cheap steps: each channel by itself, then a mixture at each step.',
  help: [
    'First each channel meets `depth_multiplier` filters of its own, as in DepthwiseConv1D; then `filters` mixtures of the results are made at each step. It holds kernel_size × channels × multiplier + channels × multiplier × filters weights and a bias for each filter.',
    'Shapes: `[batch, 100, 8]` with 32 filters of 5 → `[batch, 96, 32]`.',
    'Typical mistake: using it on a sequence with one channel, where there is nothing to mix.',
  ],
  source:
    'Kaiser, Gomez and Chollet, Depthwise separable convolutions for neural machine translation (2018); Keras documentation, SeparableConv1D layer',
});
