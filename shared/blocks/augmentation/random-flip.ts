/** RandomFlip: half of the pictures are mirrored while training. */
import { defineAugmentation } from './augmented';

export const FLIP_MODES = ['horizontal', 'vertical', 'horizontal_and_vertical'] as const;

export const randomFlip = defineAugmentation({
  type: 'RandomFlip',
  search: ['mirror', 'flip', 'horizontal', 'vertical'],
  summary: 'Mirrors half of the pictures while training, so that left and right count the same.',
  change:
    'each picture is mirrored with probability 1/2: `horizontal` swaps left and right, `vertical` top and bottom, `horizontal_and_vertical` both at once.',
  mistake:
    'mirroring what then means something else. Digits and letters must not be mirrored, and streets have their sky above.',
  formula: 'y[i, j] = x[i, width − 1 − j] with probability 1/2',
  source: 'Keras documentation, RandomFlip layer; Krizhevsky, Sutskever and Hinton (2012), section 4.1',
  parameters: {
    mode: {
      kind: 'choice',
      default: 'horizontal_and_vertical',
      options: FLIP_MODES,
      help: 'Which sides are swapped.',
    },
  },
  caption: ({ mode }) => mode.replaceAll('_', ' '),
  config: ({ mode }) => ({ mode, data_format: 'channels_last' }),
});
