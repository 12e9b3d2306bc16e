/** Cropping2D: rows and columns at the edge of a picture are cut off. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InputShape } from '../block';
import { refuse, weightless } from '../inference';
import { layerPorts } from '../ports';
import { noPicture } from './picture';
import { sidesCaption, sidesConfig, sidesParameter } from './sides';

const nothingLeft = (input: InputShape, axis: 'height' | 'width', cut: number) =>
  refuse({
    code: 'shape/shrunk-away',
    port: 'input',
    message: `Cropping2D cuts ${cut} ${axis === 'height' ? 'rows' : 'columns'} off ${shapeText(input.shape)} from ${input.from}; nothing is left of its ${axis}.`,
    why: 'At least one row and one column must remain.',
    fixes: [{ label: 'Set cropping to 0', kind: 'set-param', name: 'cropping', value: [0, 0, 0, 0] }],
  });

export const cropping2d = defineBlock({
  type: 'Cropping2D',
  version: 1,
  title: 'Cropping2D',
  category: 'Convolution',
  search: ['crop', 'cut', 'trim', 'border', 'u-net'],
  summary: 'Cuts rows and columns off the edge of a picture.',
  help: [
    'Shapes: `[batch, 28, 28, 1]` with a cropping of 2 on every side → `[batch, 24, 24, 1]`. There are no weights.',
    'In a U-Net it brings the maps of the way down to the size of those on the way up, so that they can be joined.',
    'Typical mistake: cropping 4 rows at the top where 2 at the top and 2 at the bottom keep the middle.',
  ].join('\n\n'),
  source:
    'Ronneberger, Fischer and Brox, U-Net: convolutional networks for biomedical image segmentation (2015); Keras documentation, Cropping2D layer',
  parameters: { cropping: sidesParameter([0, 0, 0, 0], 'Rows and columns that are cut off') },
  ports: () => layerPorts,
  caption: ({ cropping }) => sidesCaption(cropping),
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { cropping: [top, bottom, left, right] }) {
      const wrong = noPicture('Cropping2D', input);
      if (wrong) return wrong;
      const [batch, height, width, channels] = input.shape;
      if (height !== null && height <= top + bottom) return nothingLeft(input, 'height', top + bottom);
      if (width !== null && width <= left + right) return nothingLeft(input, 'width', left + right);
      return weightless([
        batch,
        height === null ? null : height - top - bottom,
        width === null ? null : width - left - right,
        channels,
      ]);
    },
    keras: ({ cropping }) => ({
      class_name: 'Cropping2D',
      config: { cropping: sidesConfig(cropping), data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
