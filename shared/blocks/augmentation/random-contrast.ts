/** RandomContrast: light and dark are drawn apart or together while training. */
import { between, defineAugmentation, percentText, valueRange } from './augmented';

export const randomContrast = defineAugmentation({
  type: 'RandomContrast',
  search: ['contrast', 'light', 'photometric'],
  summary: 'Strengthens or weakens the contrast of every picture while training.',
  change:
    'each value becomes `(x − mean) · c + mean`, with the mean of its channel in its picture and a `c` that is drawn anew between 1 − the first and 1 + the second bound.',
  mistake: 'a `value_range` that is not the one of the pictures. Values outside of it are cut off.',
  formula: 'y = (x − mean) · c + mean',
  source: 'Keras documentation, RandomContrast layer',
  parameters: {
    factor: between(0.2, 0.2, 'How much weaker and how much stronger the contrast may become.', { min: 0, max: 1 }),
    value_range: valueRange,
  }, // prettier-ignore
  caption: ({ factor: [weaker, stronger] }) => percentText([-weaker, stronger]),
  config: ({ factor, value_range }) => ({ factor: [...factor], value_range: [...value_range] }),
});
