/** GlobalAveragePooling2D: one mean per channel. */
import { defineBlock } from '../block';
import { weightless, wrongRank } from '../inference';
import { layerPorts } from '../ports';
import { pictureFixes } from '../convolution/window';

export const globalAveragePooling2d = defineBlock({
  type: 'GlobalAveragePooling2D',
  version: 1,
  title: 'GlobalAveragePooling',
  category: 'Pooling',
  search: ['gap', 'global pool', 'mean of the map', 'average the map'],
  summary: 'Replaces each channel by its average over the whole picture.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It stands where Flatten could stand, between convolutions and the last Dense layer, and needs far fewer weights there: 64 features in place of 3,136. Each channel is pushed to answer "is it anywhere in the picture".',
    'Typical mistake: using it where the place matters, as in telling a 6 from a 9 after a single convolution.',
  ].join('\n\n'),
  source: 'Lin, Chen and Yan, Network in network (2014); Keras documentation, GlobalAveragePooling2D layer',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) =>
      input.shape.length === 4
        ? weightless([input.shape[0], input.shape[3]])
        : wrongRank(
            'GlobalAveragePooling2D',
            '[batch, height, width, channels]',
            input,
            'It averages over rows and columns, so both must still be there.',
            pictureFixes(input.shape),
          ),
    keras: () => ({
      class_name: 'GlobalAveragePooling2D',
      config: { data_format: 'channels_last', keepdims: false },
    }),
    activation: () => null,
  },
});
