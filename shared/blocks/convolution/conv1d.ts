/** Conv1D: small filters that slide along a sequence. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { kernelAndBias, weightConfig, weightParameters } from '../core/weighted';
import { refuse } from '../inference';
import { layerPorts } from '../ports';
import { unknownChannels } from './picture';
import { noSequence, slideAlong } from './sequence';

const steps = (value: number, help: string) =>
  ({ kind: 'integers', default: [value], length: 1, min: 1, help, unit: 'steps' }) as const;

export const conv1d = defineBlock({
  type: 'Conv1D',
  version: 1,
  title: 'Conv1D',
  category: 'Convolution',
  search: ['convolution', 'sequence', 'time series', 'signal', 'temporal', 'causal', 'text'],
  summary: 'Slides small filters along a sequence; each finds one pattern whenever it occurs.',
  help: [
    'Every filter is a window over `kernel_size` steps and all channels. It holds (kernel_size × channels + 1) × filters weights, however long the sequence is.',
    'Shapes: `[batch, 100, 6]` with 32 filters of 5 → `[batch, 96, 32]` with padding `valid`, `[batch, 100, 32]` with `same` or `causal`. `causal` pads only before the start, so that no output sees later steps.',
    'Typical mistakes: steps and channels swapped (Permute helps); `same` where the network must not look into the future.',
  ].join('\n\n'),
  source:
    'van den Oord et al., WaveNet (2016), for causal and dilated convolution; Keras documentation, Conv1D layer',
  parameters: {
    filters: {
      kind: 'integer',
      default: 32,
      min: 1,
      max: 100_000,
      help: 'Number of patterns that are looked for: channels of the output.',
    },
    kernel_size: steps(3, 'Length of a filter.'),
    strides: steps(1, 'How far the filter moves from one position to the next.'),
    padding: {
      kind: 'choice',
      default: 'valid',
      options: ['valid', 'same', 'causal'],
      help: '`valid`: the window stays inside. `same`: zeros on both sides keep the length (divided by the stride). `causal`: zeros before the start only.',
    },
    dilation_rate: {
      ...steps(1, 'Distance between the steps that a filter looks at; 1 is without gaps.'),
      advanced: true,
    },
    ...weightParameters,
  },
  ports: () => layerPorts,
  caption: ({ filters, kernel_size }) =>
    `${filters} ${filters === 1 ? 'filter' : 'filters'}, ${kernel_size[0]}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const { filters, padding } = values;
      const [[size], [stride], [dilation]] = [values.kernel_size, values.strides, values.dilation_rate];
      const wrong = noSequence('Conv1D', input);
      if (wrong) return wrong;
      if (stride > 1 && dilation > 1)
        return refuse({
          code: 'block/parameter',
          message: `Conv1D has strides ${stride} and dilation_rate ${dilation}; one of them must be 1.`,
          why: 'Strides together with gaps in the filter are not defined in Keras.',
          fixes: [{ label: 'Set dilation_rate to 1', kind: 'set-param', name: 'dilation_rate', value: [1] }],
        });
      const channels = input.shape[2];
      if (channels === null) return unknownChannels('Conv1D', input);
      const window = { size, stride, dilation, padding: padding === 'valid' ? padding : 'same' } as const;
      const slid = slideAlong('Conv1D', 'kernel_size', input, window);
      if (!slid.ok) return slid;
      return {
        ok: true,
        value: {
          shape: [input.shape[0], slid.steps, filters],
          weights: kernelAndBias([size, channels, filters], filters, values.use_bias),
          multiplyAdds: (slid.steps ?? 1) * filters * size * channels,
          findings: slid.findings,
        },
      };
    },
    keras: (values) => ({
      class_name: 'Conv1D',
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
