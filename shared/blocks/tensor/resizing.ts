/** Resizing: a picture gets another height and width. */
import { defineBlock } from '../block';
import { noSpace, SPACES, withInner } from '../convolution/space';
import { sizePerSample, timesText, weightless } from '../inference';
import { layerPorts } from '../ports';

export const sideParameter = (what: string) =>
  ({ kind: 'integer', default: 28, min: 1, max: 100_000, help: what, unit: 'pixels' }) as const;

export const resizing = defineBlock({
  type: 'Resizing',
  version: 1,
  title: 'Resizing',
  category: 'Tensor',
  search: ['resize', 'scale', 'shrink', 'enlarge', 'bilinear', 'nearest', 'image size'],
  summary: 'Brings pictures to another height and width.',
  help: [
    'Shapes: `[batch, 50, 40, 3]` with 28 × 28 → `[batch, 28, 28, 3]`. `bilinear` draws straight lines between the middles of the pixels, `nearest` takes the nearest pixel. There are no weights.',
    'Pictures of one size fit a network that was made for another, or maps of two paths are brought to the same size.',
    'Typical mistake: another ratio of height to width, which stretches what is to be seen. CenterCrop cuts instead.',
  ].join('\n\n'),
  formula: 'y[p] = x at p · old size / new size',
  source: 'Keras documentation, Resizing layer',
  parameters: {
    height: sideParameter('Rows of the output.'),
    width: sideParameter('Columns of the output.'),
    interpolation: {
      kind: 'choice',
      default: 'bilinear',
      options: ['bilinear', 'nearest'],
      help: '`bilinear` blends neighbours; `nearest` repeats or leaves out pixels.',
    },
  },
  ports: () => layerPorts,
  caption: ({ height, width }) => `to ${timesText([height, width])}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { height, width, interpolation }) {
      const shape = withInner(input.shape, [height, width]);
      return (
        noSpace(SPACES[2], 'Resizing', input) ??
        weightless(shape, interpolation === 'bilinear' ? 4 * sizePerSample(shape) : 0)
      );
    },
    keras: ({ height, width, interpolation }) => ({
      class_name: 'Resizing',
      config: {
        height,
        width,
        interpolation,
        crop_to_aspect_ratio: false,
        data_format: 'channels_last',
      },
    }),
    activation: () => null,
  },
});
