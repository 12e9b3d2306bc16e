/** RandomBrightness: pictures are made lighter or darker while training. */
import { between, defineAugmentation, percentText, valueRange } from './augmented';

export const randomBrightness = defineAugmentation({
  type: 'RandomBrightness',
  search: ['brightness', 'light', 'dark', 'exposure', 'photometric'],
  summary: 'Makes every picture lighter or darker while training.',
  change:
    '`b · (high − low)` is added to all values of a picture, where `b` is drawn anew between the bounds of `factor`, and low and high are those of `value_range`.',
  mistake:
    'a `value_range` that is not the one of the pictures. With [0, 255] and values from 0 to 1 everything becomes white or black.',
  formula: 'y = x + b · (high − low)',
  source: 'Keras documentation, RandomBrightness layer',
  parameters: {
    factor: between(-0.2, 0.2, 'Least and greatest change, as a share of the range of values.', { min: -1, max: 1 }),
    value_range: valueRange,
  }, // prettier-ignore
  caption: ({ factor }) => percentText(factor),
  config: ({ factor, value_range }) => ({ factor: [...factor], value_range: [...value_range] }),
});
