/** RandomTranslation: each picture is moved by a way of its own while training. */
import { between, defineAugmentation, percentText, fillParameters } from './augmented';

export const randomTranslation = defineAugmentation({
  type: 'RandomTranslation',
  search: ['shift', 'move', 'translate', 'jitter'],
  summary: 'Moves every picture a little while training, each another way.',
  change:
    'each picture is moved down by `height_factor · height` and right by `width_factor · width`, where both factors are drawn anew between their bounds; negative is up and left.',
  mistake: 'moving by a number of pixels. The bounds are shares of the picture: 0.1 of 28 pixels is 2.8.',
  formula: 'y[i, j] = x[i − height_factor · height, j − width_factor · width]',
  source:
    'Keras documentation, RandomTranslation layer; Krizhevsky, Sutskever and Hinton (2012), section 4.1',
  parameters: {
    height_factor: between(-0.1, 0.1, 'Least and greatest way down, as a share of the height.', { min: -1, max: 1 }),
    width_factor: between(-0.1, 0.1, 'Least and greatest way to the right, as a share of the width.', { min: -1, max: 1 }),
    ...fillParameters,
  }, // prettier-ignore
  caption: ({ height_factor, width_factor }) => `${percentText(height_factor)}, ${percentText(width_factor)}`,
  config: ({ height_factor, width_factor, ...filling }) => ({
    height_factor: [...height_factor],
    width_factor: [...width_factor],
    ...filling,
    data_format: 'channels_last',
  }),
});
