/** GlobalMaxPooling2D: one maximum per channel. */
import { noPicture } from '../convolution/picture';
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';

export const globalMaxPooling2d = defineBlock({
  type: 'GlobalMaxPooling2D',
  version: 1,
  title: 'GlobalMaxPooling',
  category: 'Pooling',
  search: ['global pool', 'maximum of the map', 'gmp'],
  summary: 'Replaces each channel by its largest value in the whole picture.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It answers for each channel how strongly its pattern was found anywhere. GlobalAveragePooling asks how much of it there is altogether.',
    'Typical mistake: using it on noisy maps. A single bright pixel decides.',
  ].join('\n\n'),
  source: 'Keras documentation, GlobalMaxPooling2D layer',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input]) =>
      noPicture('GlobalMaxPooling2D', input) ?? weightless([input.shape[0], input.shape[3]]),
    keras: () => ({
      class_name: 'GlobalMaxPooling2D',
      config: { data_format: 'channels_last', keepdims: false },
    }),
    activation: () => null,
  },
});
