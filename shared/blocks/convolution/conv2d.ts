/** Conv2D: small filters that slide over a picture. */
import { shapeText } from '../../compiler/shape';
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { kernelAndBias, weightConfig, weightParameters } from '../core/weighted';
import { refuse, timesText, wrongRank } from '../inference';
import { layerPorts } from '../ports';
import { channelsFirst, paddingParameter, pictureFixes, slide } from './window';

export const conv2d = defineBlock({
  type: 'Conv2D',
  version: 1,
  title: 'Conv2D',
  category: 'Convolution',
  search: ['convolution', 'filter', 'kernel', 'cnn', 'convnet', 'image', 'feature map'],
  summary: 'Slides small filters over a picture; each finds one pattern wherever it occurs.',
  help: [
    'Every filter is a small window of weights over all channels. At each position the window is multiplied with the pixels below it and summed, plus a bias: `filters` such windows give `filters` maps. It holds (height × width × channels + 1) × filters weights, however large the picture is.',
    'Shapes: `[batch, 28, 28, 1]` with 32 filters of 3 × 3 → `[batch, 26, 26, 32]` with padding `valid`, `[batch, 28, 28, 32]` with `same`. In general ⌊(n − reach) / stride⌋ + 1, where reach = (size − 1) · dilation + 1.',
    'Typical mistakes: pictures with channels first; a stack of `valid` convolutions that eats the picture up; a stride that leaves out the last rows.',
  ].join('\n\n'),
  source:
    'LeCun et al., Gradient-based learning applied to document recognition (1998); Keras documentation, Conv2D layer',
  parameters: {
    filters: {
      kind: 'integer',
      default: 32,
      min: 1,
      max: 100_000,
      help: 'Number of patterns that are looked for: channels of the output.',
    },
    kernel_size: {
      kind: 'integers',
      default: [3, 3],
      length: 2,
      min: 1,
      help: 'Height and width of a filter.',
      unit: 'pixels',
    },
    strides: {
      kind: 'integers',
      default: [1, 1],
      length: 2,
      min: 1,
      help: 'How far the filter moves from one position to the next.',
      unit: 'pixels',
    },
    padding: paddingParameter,
    dilation_rate: {
      kind: 'integers',
      default: [1, 1],
      length: 2,
      min: 1,
      help: 'Distance between the pixels that a filter looks at; 1 is without gaps.',
      advanced: true,
    },
    ...weightParameters,
  },
  ports: () => layerPorts,
  caption: ({ filters, kernel_size }) =>
    `${filters} ${filters === 1 ? 'filter' : 'filters'}, ${timesText(kernel_size)}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const { kernel_size, strides, dilation_rate, filters } = values;
      if (input.shape.length !== 4)
        return wrongRank(
          'Conv2D',
          '[batch, height, width, channels]',
          input,
          'A filter slides over rows and columns, so both must still be there.',
          pictureFixes(input.shape),
        );
      if (Math.max(...strides) > 1 && Math.max(...dilation_rate) > 1)
        return refuse({
          code: 'block/parameter',
          message: `Conv2D has strides ${timesText(strides)} and dilation_rate ${timesText(dilation_rate)}; one of them must be 1.`,
          why: 'Strides together with gaps in the filter are not defined in Keras.',
          fixes: [
            { label: 'Set dilation_rate to 1', kind: 'set-param', name: 'dilation_rate', value: [1, 1] },
          ],
        });
      const channels = input.shape[3];
      if (channels === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `Conv2D needs a known number of channels; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'Every filter has weights for each channel.',
        });
      const slid = slide('Conv2D', 'kernel_size', input, {
        size: kernel_size, strides, dilation: dilation_rate, padding: values.padding,
      }); // prettier-ignore
      if (!slid.ok) return slid;
      const window = kernel_size[0] * kernel_size[1] * channels;
      return {
        ok: true,
        value: {
          shape: [input.shape[0], slid.height, slid.width, filters],
          weights: kernelAndBias([...kernel_size, channels, filters], filters, values.use_bias),
          multiplyAdds: (slid.height ?? 1) * (slid.width ?? 1) * filters * window,
          findings: [...channelsFirst('Conv2D', input), ...slid.findings],
        },
      };
    },
    keras: (values) => ({
      class_name: 'Conv2D',
      config: {
        filters: values.filters,
        kernel_size: [...values.kernel_size],
        strides: [...values.strides],
        padding: values.padding,
        data_format: 'channels_last',
        dilation_rate: [...values.dilation_rate],
        groups: 1,
        ...weightConfig(values),
      },
    }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
