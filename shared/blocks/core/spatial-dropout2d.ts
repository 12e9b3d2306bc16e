/** SpatialDropout2D: whole channels are set to zero while training. */
import { defineBlock } from '../block';
import { pictureFixes } from '../convolution/window';
import { weightless, wrongRank } from '../inference';
import { layerPorts } from '../ports';

export const spatialDropout2d = defineBlock({
  type: 'SpatialDropout2D',
  version: 1,
  title: 'SpatialDropout2D',
  category: 'Core',
  search: ['channel dropout', 'regularisation', 'regularization', 'overfitting', 'feature maps'],
  summary: 'Sets a random share of whole channels to zero while training.',
  help: [
    'In training each channel of a map is set to 0 as a whole with probability `rate`, and the others are multiplied by 1 / (1 − rate). In evaluation nothing is dropped.',
    'The shape `[batch, height, width, channels]` does not change and there are no weights. Neighbouring pixels of a map tell nearly the same, so that dropping single ones, as Dropout does, takes hardly anything away.',
    'Typical mistake: using it on a map with few channels. With one channel the whole picture goes at once.',
  ].join('\n\n'),
  source:
    'Tompson et al., Efficient object localization using convolutional networks (2015); Keras documentation, SpatialDropout2D layer',
  parameters: {
    rate: {
      kind: 'number',
      default: 0.5,
      min: 0,
      max: 1,
      below: true,
      help: 'Share of the channels that is dropped.',
    },
  },
  ports: () => layerPorts,
  caption: ({ rate }) => `rate ${rate}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) =>
      input.shape.length === 4
        ? weightless(input.shape)
        : wrongRank(
            'SpatialDropout2D',
            '[batch, height, width, channels]',
            input,
            'It drops channels of maps, so rows and columns must still be there.',
            pictureFixes(input.shape),
          ),
    keras: ({ rate }) => ({
      class_name: 'SpatialDropout2D',
      config: { rate, data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
