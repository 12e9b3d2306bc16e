/** RandomBrightness: pictures are made lighter or darker while training. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import {
  augmentationWords,
  augmenting,
  between,
  ONLY_IN_TRAINING,
  percentText,
  valueRange,
  type Bounds,
} from './augmented';

export const randomBrightness = defineBlock({
  type: 'RandomBrightness',
  version: 1,
  title: 'RandomBrightness',
  category: 'Augmentation',
  search: [...augmentationWords, 'brightness', 'light', 'dark', 'exposure', 'photometric'],
  summary: 'Makes every picture lighter or darker while training.',
  help: [
    `In training \`b · (high − low)\` is added to all values of a picture, where \`b\` is drawn anew between the bounds of \`factor\`, and low and high are those of \`value_range\`. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights.',
    'Typical mistake: a `value_range` that is not the one of the pictures. With [0, 255] and values from 0 to 1 everything becomes white or black.',
  ].join('\n\n'),
  source: 'Keras documentation, RandomBrightness layer',
  parameters: {
    factor: between(-0.2, 0.2, 'Least and greatest change, as a share of the range of values.', { min: -1, max: 1 }),
    value_range: valueRange,
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ factor }) => percentText(factor),
  behaviour: augmenting<{ factor: Bounds; value_range: Bounds }>(
    'RandomBrightness',
    ({ factor, value_range }) => ({
      class_name: 'RandomBrightness',
      config: { factor: [...factor], value_range: [...value_range] },
    }),
  ),
});
