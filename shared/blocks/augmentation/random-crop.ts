/** RandomCrop: a window of the picture is cut out, at another place for every batch while training. */
import { defineBlock } from '../block';
import { noSpace, SPACES, withInner } from '../convolution/space';
import { timesText, weightless } from '../inference';
import { layerPorts } from '../ports';
import { sideParameter } from '../tensor/resizing';
import { augmentationWords } from './augmented';

export const randomCrop = defineBlock({
  type: 'RandomCrop',
  version: 1,
  title: 'RandomCrop',
  category: 'Augmentation',
  search: [...augmentationWords, 'crop', 'cut out', 'window'],
  summary: 'Cuts a window of a given size out of every picture, at another place for each batch.',
  help: [
    'In training the place of the window is drawn anew for every batch. In evaluation and prediction it is the middle. A picture that is smaller than the window is stretched to its size.',
    'Shapes: `[batch, 32, 32, 3]` with 28 × 28 → `[batch, 28, 28, 3]`. There are no weights. In prediction Keras hands on the whole picture, which no longer has the shape that the next layers were built for; here it has.',
    'Typical mistake: a window that is much smaller than the picture. What the label names may lie outside of it.',
  ].join('\n\n'),
  formula: 'y[i, j] = x[i + top, j + left], where top and left are drawn for each batch',
  source: 'Keras documentation, RandomCrop layer; Krizhevsky, Sutskever and Hinton (2012), section 4.1',
  parameters: {
    height: sideParameter('Rows of the window.'),
    width: sideParameter('Columns of the window.'),
  },
  ports: () => layerPorts,
  caption: ({ height, width }) => `to ${timesText([height, width])}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { height, width }) =>
      noSpace(SPACES[2], 'RandomCrop', input) ?? weightless(withInner(input.shape, [height, width])),
    keras: ({ height, width }) => ({
      class_name: 'RandomCrop',
      config: { height, width, data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
