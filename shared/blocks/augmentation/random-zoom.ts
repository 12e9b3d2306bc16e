/** RandomZoom: each picture is enlarged or made smaller while training. */
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

export const randomZoom = defineBlock({
  type: 'RandomZoom',
  version: 1,
  title: 'RandomZoom',
  category: 'Augmentation',
  search: [...augmentationWords, 'scale', 'enlarge', 'shrink', 'zoom in', 'zoom out'],
  summary: 'Shows every picture a little nearer or farther while training.',
  help: [
    `In training each picture is made smaller or larger around its middle: 0.2 shows 20 % more of the scene, which is then smaller, and −0.2 shows 20 % less. The factor is drawn anew between the two bounds. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights. Without a `width_factor` height and width change alike.',
    'Typical mistake: expecting positive numbers to enlarge. As in Keras they zoom out.',
  ].join('\n\n'),
  source: 'Keras documentation, RandomZoom layer',
  parameters: {
    height_factor: between(-0.1, 0.1, 'How much more of the height is shown, least and greatest, as a share.', { min: -0.99, max: 1 }),
    width_factor: { ...between(-0.1, 0.1, 'The same for the width.', { min: -0.99, max: 1, emptyMeans: 'as the height' }), default: [] },
    ...fillParameters,
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ height_factor, width_factor }) =>
    [height_factor, ...(width_factor.length > 0 ? [width_factor] : [])].map(percentText).join(', '),
  behaviour: augmenting<Filling & { height_factor: Bounds; width_factor: Bounds }>(
    'RandomZoom',
    ({ height_factor, width_factor, ...filling }) => ({
      class_name: 'RandomZoom',
      config: {
        height_factor: [...height_factor],
        width_factor: width_factor.length > 0 ? [...width_factor] : null,
        ...filling,
        data_format: 'channels_last',
      },
    }),
  ),
});
