/** ZeroPadding2D: a frame of zeros around a picture. */
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';
import { noPicture } from './picture';
import { sidesCaption, sidesConfig, sidesParameter } from './sides';

export const zeroPadding2d = defineBlock({
  type: 'ZeroPadding2D',
  version: 1,
  title: 'ZeroPadding2D',
  category: 'Convolution',
  search: ['pad', 'border', 'frame', 'margin'],
  summary: 'Puts rows and columns of zeros around a picture.',
  help: [
    'Shapes: `[batch, 28, 28, 1]` with a padding of 2 on every side → `[batch, 32, 32, 1]`. There are no weights.',
    'It brings pictures to the size that a network was made for, as LeNet-5 with its 32 × 32, or pads before a convolution with a stride in a way that `same` does not.',
    'Typical mistake: padding before a convolution that has padding `same` as well. The frame then grows twice.',
  ].join('\n\n'),
  source: 'Keras documentation, ZeroPadding2D layer',
  parameters: { padding: sidesParameter([1, 1, 1, 1], 'Rows and columns of zeros') },
  ports: () => layerPorts,
  caption: ({ padding }) => sidesCaption(padding),
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { padding: [top, bottom, left, right] }) {
      const [batch, height, width, channels] = input.shape;
      return (
        noPicture('ZeroPadding2D', input) ??
        weightless([
          batch,
          height === null ? null : height + top + bottom,
          width === null ? null : width + left + right,
          channels,
        ])
      );
    },
    keras: ({ padding }) => ({
      class_name: 'ZeroPadding2D',
      config: { padding: sidesConfig(padding), data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
