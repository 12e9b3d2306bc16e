/** SeparableConv2D: each channel by itself, then a mixture of the channels at each pixel. */
import { separableConvolution } from './by-channel';

export const separableConv2d = separableConvolution(2, {
  search: ['separable convolution', 'xception', 'mobilenet', 'pointwise', 'cheap convolution'],
  summary: 'A convolution in two cheap steps: each channel by itself, then a mixture at each pixel.',
  help: [
    'First each channel meets `depth_multiplier` filters of its own, as in DepthwiseConv2D; then a 1 × 1 convolution with `filters` outputs mixes the maps. It holds height × width × channels × multiplier + channels × multiplier × filters weights and a bias for each filter.',
    'Shapes: `[batch, 28, 28, 8]` with 32 filters of 3 × 3 → `[batch, 26, 26, 32]`, with 328 weights and 32 biases in place of 2,336.',
    'Typical mistake: using it as the first layer on grey pictures. With one channel there is hardly anything to save.',
  ],
  source:
    'Chollet, Xception: deep learning with depthwise separable convolutions (2017); Keras documentation, SeparableConv2D layer',
});
