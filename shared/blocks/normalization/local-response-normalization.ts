/** LocalResponseNormalization: strong channels hold their neighbours down, as in AlexNet. */
import { noSpace, SPACES } from '../convolution/space';
import { defineBlock } from '../block';
import { ownLayer, sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

export const localResponseNormalization = defineBlock({
  type: 'LocalResponseNormalization',
  version: 1,
  title: 'LocalResponseNorm',
  category: 'Normalization',
  search: ['lrn', 'local response normalisation', 'alexnet', 'lateral inhibition', 'googlenet'],
  summary: 'Divides each value by the strength of the neighbouring channels at its pixel.',
  help: [
    'Computes `x / (bias + alpha · Σ x²)^beta`, with the sum over the channel itself and `depth_radius` channels on either side, at the same pixel. A channel that answers strongly holds its neighbours down.',
    'The shape `[batch, height, width, channels]` does not change and there are no weights. The numbers of AlexNet are set; what its authors call n is 2 · depth_radius + 1, and k is the bias.',
    'Typical mistake: using it in a new network. BatchNormalization took its place.',
  ].join('\n\n'),
  source:
    'Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks (2012); TensorFlow documentation, tf.nn.local_response_normalization',
  parameters: {
    depth_radius: {
      kind: 'integer',
      default: 2,
      min: 0,
      max: 1000,
      help: 'Number of channels on either side that count.',
    },
    bias: { kind: 'number', default: 2, min: 0, above: true, help: 'Keeps the divisor away from zero.' },
    alpha: { kind: 'number', default: 0.0001, min: 0, scale: 'log', help: 'How much the squares count.' },
    beta: { kind: 'number', default: 0.75, min: 0, help: 'The power of the divisor.' },
  },
  ports: () => layerPorts,
  caption: ({ depth_radius }) => `${2 * depth_radius + 1} channels`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], { depth_radius }) =>
      noSpace(SPACES[2], 'LocalResponseNormalization', input) ??
      weightless(input.shape, (2 * depth_radius + 2) * sizePerSample(input.shape)),
    keras: ({ depth_radius, bias, alpha, beta }) =>
      ownLayer('LocalResponseNormalization', { depth_radius, bias, alpha, beta }),
    activation: () => null,
  },
});
