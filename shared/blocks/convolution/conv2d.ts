/** Conv2D: small filters that slide over a picture. */
import { convolution } from './convolution';

export const conv2d = convolution(2, {
  search: [
    'convolution',
    'filter',
    'kernel',
    'cnn',
    'convnet',
    'image',
    'feature map',
    'grouped convolution',
  ],
  summary: 'Slides small filters over a picture; each finds one pattern wherever it occurs.',
  help: [
    'Every filter is a small window of weights over all channels. At each position the window is multiplied with the pixels below it and summed, plus a bias: `filters` such windows give `filters` maps. It holds (height × width × channels + 1) × filters weights, however large the picture is.',
    'Shapes: `[batch, 28, 28, 1]` with 32 filters of 3 × 3 → `[batch, 26, 26, 32]` with padding `valid`, `[batch, 28, 28, 32]` with `same`. In general ⌊(n − reach) / stride⌋ + 1, where reach = (size − 1) · dilation + 1.',
    'With `groups` 2 the first half of the filters sees the first half of the channels and the second half the second, as in AlexNet; weights and multiplications are halved.',
    'Typical mistakes: pictures with channels first; a stack of `valid` convolutions that eats the picture up; a stride that leaves out the last rows.',
  ],
  source:
    'LeCun et al., Gradient-based learning applied to document recognition (1998); Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks (2012), for groups; Keras documentation, Conv2D layer',
});
