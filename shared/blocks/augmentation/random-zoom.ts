/** RandomZoom: each picture is enlarged or made smaller while training. */
import { between, defineAugmentation, percentText, fillParameters } from './augmented';

export const randomZoom = defineAugmentation({
  type: 'RandomZoom',
  search: ['scale', 'enlarge', 'shrink', 'zoom in', 'zoom out'],
  summary: 'Shows every picture a little nearer or farther while training.',
  change:
    'each picture is made smaller or larger around its middle: 0.2 shows 20 % more of the scene, which is then smaller, and −0.2 shows 20 % less. The factor is drawn anew between the two bounds.',
  settings: 'Without a `width_factor` height and width change alike.',
  mistake: 'expecting positive numbers to enlarge. As in Keras they zoom out.',
  formula: 'y[p] = x[middle + (1 + factor) · (p − middle)]',
  source: 'Keras documentation, RandomZoom layer',
  parameters: {
    height_factor: between(-0.1, 0.1, 'How much more of the height is shown, least and greatest, as a share.', { min: -0.99, max: 1 }),
    width_factor: { ...between(-0.1, 0.1, 'The same for the width.', { min: -0.99, max: 1, emptyMeans: 'as the height' }), default: [] },
    ...fillParameters,
  }, // prettier-ignore
  caption: ({ height_factor, width_factor }) =>
    [height_factor, ...(width_factor.length > 0 ? [width_factor] : [])].map(percentText).join(', '),
  config: ({ height_factor, width_factor, ...filling }) => ({
    height_factor: [...height_factor],
    width_factor: width_factor.length > 0 ? [...width_factor] : null,
    ...filling,
    data_format: 'channels_last',
  }),
});
