/** Conv2DTranspose: a convolution backwards, which makes pictures larger. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { kernelAndBias, weightConfig, weightParameters } from '../core/weighted';
import { timesText } from '../inference';
import { layerPorts } from '../ports';
import { noPicture, unknownChannels } from './picture';
import { channelsFirst } from './window';

/** Keras' rule: the stride multiplies; without padding what the last window reaches further comes on top. */
const grown = (n: number | null, size: number, stride: number, padding: 'valid' | 'same') =>
  n === null ? null : n * stride + (padding === 'valid' ? Math.max(size - stride, 0) : 0);

export const conv2dTranspose = defineBlock({
  type: 'Conv2DTranspose',
  version: 1,
  title: 'Conv2DTranspose',
  category: 'Convolution',
  search: ['deconvolution', 'transposed convolution', 'upsample', 'enlarge', 'decoder', 'generator', 'dcgan'],
  summary: 'A convolution backwards: every value draws a small pattern into a larger picture.',
  help: [
    'Each value of the input is multiplied with a window of weights, and the windows are laid into the output, `strides` apart; where they overlap they are added. It holds (height × width × channels × filters) weights and a bias for each filter.',
    'Shapes: `[batch, 7, 7, 64]` with 32 filters of 3 × 3 and strides of 2 → `[batch, 14, 14, 32]` with padding `same`, `[batch, 15, 15, 32]` with `valid`.',
    'Typical mistake: a kernel size that the stride does not divide. The windows then overlap unevenly and leave a pattern of squares; UpSampling2D with a Conv2D after it does not.',
  ].join('\n\n'),
  source:
    'Dumoulin and Visin, A guide to convolution arithmetic (2016); Keras documentation, Conv2DTranspose layer',
  parameters: {
    filters: {
      kind: 'integer',
      default: 32,
      min: 1,
      max: 100_000,
      help: 'Number of patterns that can be drawn: channels of the output.',
    },
    kernel_size: {
      kind: 'integers',
      default: [3, 3],
      length: 2,
      min: 1,
      help: 'Height and width of a pattern.',
      unit: 'pixels',
    },
    strides: {
      kind: 'integers',
      default: [1, 1],
      length: 2,
      min: 1,
      help: 'How many times as large the picture becomes.',
    },
    padding: {
      kind: 'choice',
      default: 'valid',
      options: ['valid', 'same'],
      help: '`same`: the size is multiplied by the strides. `valid`: patterns at the edge reach beyond that.',
    },
    ...weightParameters,
  },
  ports: () => layerPorts,
  caption: ({ filters, kernel_size }) =>
    `${filters} ${filters === 1 ? 'filter' : 'filters'}, ${timesText(kernel_size)}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { filters, kernel_size, strides, padding, use_bias }) {
      const wrong = noPicture('Conv2DTranspose', input);
      if (wrong) return wrong;
      const [batch, height, width, channels] = input.shape;
      if (channels === null) return unknownChannels('Conv2DTranspose', input);
      const shape = [
        batch,
        grown(height, kernel_size[0], strides[0], padding),
        grown(width, kernel_size[1], strides[1], padding),
        filters,
      ];
      return {
        ok: true,
        value: {
          shape,
          weights: kernelAndBias([...kernel_size, filters, channels], filters, use_bias),
          multiplyAdds: (height ?? 1) * (width ?? 1) * channels * filters * kernel_size[0] * kernel_size[1],
          findings: channelsFirst('Conv2DTranspose', input),
        },
      };
    },
    keras: (values) => ({
      class_name: 'Conv2DTranspose',
      config: {
        filters: values.filters,
        kernel_size: [...values.kernel_size],
        strides: [...values.strides],
        padding: values.padding,
        output_padding: null,
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        ...weightConfig(values),
      },
    }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
