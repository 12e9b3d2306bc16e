/** RandomTranslation: each picture is moved by a way of its own while training. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import {
  augmentationWords,
  augmenting,
  between,
  fillParameters,
  ONLY_IN_TRAINING,
  percentText,
  type Bounds,
  type Filling,
} from './augmented';

export const randomTranslation = defineBlock({
  type: 'RandomTranslation',
  version: 1,
  title: 'RandomTranslation',
  category: 'Augmentation',
  search: [...augmentationWords, 'shift', 'move', 'translate', 'jitter'],
  summary: 'Moves every picture a little while training, each another way.',
  help: [
    `In training each picture is moved down by \`height_factor · height\` and right by \`width_factor · width\`, where both factors are drawn anew between their bounds; negative is up and left. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights.',
    'Typical mistake: moving by a number of pixels. The bounds are shares of the picture: 0.1 of 28 pixels is 2.8.',
  ].join('\n\n'),
  source:
    'Keras documentation, RandomTranslation layer; Krizhevsky, Sutskever and Hinton (2012), section 4.1',
  parameters: {
    height_factor: between(-0.1, 0.1, 'Least and greatest way down, as a share of the height.', { min: -1, max: 1 }),
    width_factor: between(-0.1, 0.1, 'Least and greatest way to the right, as a share of the width.', { min: -1, max: 1 }),
    ...fillParameters,
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ height_factor, width_factor }) => `${percentText(height_factor)}, ${percentText(width_factor)}`,
  behaviour: augmenting<Filling & { height_factor: Bounds; width_factor: Bounds }>(
    'RandomTranslation',
    ({ height_factor, width_factor, ...filling }) => ({
      class_name: 'RandomTranslation',
      config: {
        height_factor: [...height_factor],
        width_factor: [...width_factor],
        ...filling,
        data_format: 'channels_last',
      },
    }),
  ),
});
