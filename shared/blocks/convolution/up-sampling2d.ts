/** UpSampling2D: a picture becomes larger by whole factors. */
import { defineBlock } from '../block';
import { sizePerSample, timesText, weightless } from '../inference';
import { layerPorts } from '../ports';
import { noPicture } from './picture';

export const upSampling2d = defineBlock({
  type: 'UpSampling2D',
  version: 1,
  title: 'UpSampling2D',
  category: 'Convolution',
  search: ['upsample', 'enlarge', 'resize', 'nearest', 'bilinear', 'decoder', 'unpool'],
  summary: 'Makes a picture larger by repeating or interpolating its pixels.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` with a size of 2 × 2 → `[batch, 14, 14, 64]`. `nearest` repeats every pixel, `bilinear` draws straight lines between the middles of the pixels. There are no weights.',
    'With a convolution after it, it does in a decoder what Conv2DTranspose does, and leaves no pattern of squares.',
    'Typical mistake: expecting detail. It only makes the picture larger; what is to be seen there, the layers after it must draw.',
  ].join('\n\n'),
  source:
    'Odena, Dumoulin and Olah, Deconvolution and checkerboard artifacts (2016); Keras documentation, UpSampling2D layer',
  parameters: {
    size: {
      kind: 'integers',
      default: [2, 2],
      length: 2,
      min: 1,
      help: 'How many times as high and as wide the picture becomes.',
    },
    interpolation: {
      kind: 'choice',
      default: 'nearest',
      options: ['nearest', 'bilinear'],
      help: '`nearest` repeats pixels; `bilinear` blends neighbours.',
    },
  },
  ports: () => layerPorts,
  caption: ({ size, interpolation }) =>
    `${timesText(size)}${interpolation === 'nearest' ? '' : `, ${interpolation}`}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { size, interpolation }) {
      const [batch, height, width, channels] = input.shape;
      const shape = [
        batch,
        height === null ? null : height * size[0],
        width === null ? null : width * size[1],
        channels,
      ];
      return (
        noPicture('UpSampling2D', input) ??
        weightless(shape, interpolation === 'nearest' ? 0 : 4 * sizePerSample(shape))
      );
    },
    keras: ({ size, interpolation }) => ({
      class_name: 'UpSampling2D',
      config: { size: [...size], interpolation, data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
