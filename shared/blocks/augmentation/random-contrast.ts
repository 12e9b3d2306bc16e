/** RandomContrast: light and dark are drawn apart or together while training. */
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

export const randomContrast = defineBlock({
  type: 'RandomContrast',
  version: 1,
  title: 'RandomContrast',
  category: 'Augmentation',
  search: [...augmentationWords, 'contrast', 'light', 'photometric'],
  summary: 'Strengthens or weakens the contrast of every picture while training.',
  help: [
    `In training each value becomes \`(x − mean) · c + mean\`, with the mean of its channel in its picture and a \`c\` that is drawn anew between 1 − the first and 1 + the second bound. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights.',
    'Typical mistake: a `value_range` that is not the one of the pictures. Values outside of it are cut off.',
  ].join('\n\n'),
  source: 'Keras documentation, RandomContrast layer',
  parameters: {
    factor: between(0.2, 0.2, 'How much weaker and how much stronger the contrast may become.', { min: 0, max: 1 }),
    value_range: valueRange,
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ factor: [weaker, stronger] }) => percentText([-weaker, stronger]),
  behaviour: augmenting<{ factor: Bounds; value_range: Bounds }>(
    'RandomContrast',
    ({ factor, value_range }) => ({
      class_name: 'RandomContrast',
      config: { factor: [...factor], value_range: [...value_range] },
    }),
  ),
});
