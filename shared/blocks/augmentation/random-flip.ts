/** RandomFlip: half of the pictures are mirrored while training. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { augmentationWords, augmenting, ONLY_IN_TRAINING } from './augmented';

export const FLIP_MODES = ['horizontal', 'vertical', 'horizontal_and_vertical'] as const;

export const randomFlip = defineBlock({
  type: 'RandomFlip',
  version: 1,
  title: 'RandomFlip',
  category: 'Augmentation',
  search: [...augmentationWords, 'mirror', 'flip', 'horizontal', 'vertical'],
  summary: 'Mirrors half of the pictures while training, so that left and right count the same.',
  help: [
    `In training each picture is mirrored with probability 1/2: \`horizontal\` swaps left and right, \`vertical\` top and bottom, \`horizontal_and_vertical\` both at once. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights.',
    'Typical mistake: mirroring what then means something else. Digits and letters must not be mirrored, and streets have their sky above.',
  ].join('\n\n'),
  source: 'Keras documentation, RandomFlip layer; Krizhevsky, Sutskever and Hinton (2012), section 4.1',
  parameters: {
    mode: {
      kind: 'choice',
      default: 'horizontal_and_vertical',
      options: FLIP_MODES,
      help: 'Which sides are swapped.',
    },
  },
  ports: () => layerPorts,
  caption: ({ mode }) => mode.replaceAll('_', ' '),
  behaviour: augmenting<{ mode: string }>('RandomFlip', ({ mode }) => ({
    class_name: 'RandomFlip',
    config: { mode, data_format: 'channels_last' },
  })),
});
