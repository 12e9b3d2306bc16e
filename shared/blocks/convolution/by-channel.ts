/** Owns what the convolutions share that look at each channel by itself: parameters, size rule, config. */
import { activationParameter } from '../activation/functions';
import type { Finding, InputShape } from '../block';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import { refuse, timesText, type Refusal } from '../inference';
import type { Parameters, ValuesOf } from '../parameter';
import { noPicture, unknownChannels } from './picture';
import { channelsFirst, paddingParameter, slide } from './window';

export const byChannelParameters = {
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
    help: 'How far the filter moves from one position to the next; both the same.',
    unit: 'pixels',
  },
  padding: paddingParameter,
  depth_multiplier: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    help: 'Number of filters for each channel.',
  },
  dilation_rate: {
    kind: 'integers',
    default: [1, 1],
    length: 2,
    min: 1,
    help: 'Distance between the pixels that a filter looks at; 1 is without gaps.',
    advanced: true,
  },
  activation: activationParameter,
  use_bias: { kind: 'boolean', default: true, help: 'Adds one trainable number to each output.' },
  depthwise_initializer: initializer(
    'glorot_uniform',
    'How the filters of the channels are drawn before training.',
  ),
  bias_initializer: initializer('zeros', 'How the biases are set before training.'),
  depthwise_regularizer: regularizer('weights of these filters'),
  bias_regularizer: regularizer('biases'),
} as const satisfies Parameters;

type Values = ValuesOf<typeof byChannelParameters>;

export const byChannelConfig = (values: Values) => ({
  kernel_size: [...values.kernel_size],
  strides: [...values.strides],
  padding: values.padding,
  depth_multiplier: values.depth_multiplier,
  data_format: 'channels_last',
  dilation_rate: [...values.dilation_rate],
  activation: values.activation,
  use_bias: values.use_bias,
  depthwise_initializer: values.depthwise_initializer,
  bias_initializer: values.bias_initializer,
  depthwise_regularizer: regularizerConfig(values.depthwise_regularizer),
  bias_regularizer: regularizerConfig(values.bias_regularizer),
});

const badStrides = (title: string, { strides, dilation_rate }: Values): Refusal | null => {
  if (strides[0] !== strides[1])
    return refuse({
      code: 'block/parameter',
      message: `${title} has strides ${timesText(strides)}; both must be the same.`,
      why: 'TensorFlow moves filters of single channels by the same stride down and across only.',
      fixes: [
        {
          label: `Set strides to ${strides[0]}`,
          kind: 'set-param',
          name: 'strides',
          value: [strides[0], strides[0]],
        },
      ],
    });
  if (strides[0] === 1 || Math.max(...dilation_rate) === 1) return null;
  return refuse({
    code: 'block/parameter',
    message: `${title} has strides ${timesText(strides)} and dilation_rate ${timesText(dilation_rate)}; one of them must be 1.`,
    why: 'Strides together with gaps in the filter are computed differently by different programs.',
    fixes: [{ label: 'Set dilation_rate to 1', kind: 'set-param', name: 'dilation_rate', value: [1, 1] }],
  });
};

export type ByChannel =
  | {
      ok: true;
      map: readonly (number | null)[];
      channels: number;
      multiplyAdds: number;
      findings: readonly Finding[];
    }
  | { ok: false; finding: Finding };

/** The maps `[batch, height, width, channels · depth_multiplier]` after each channel met its filters. */
export function slideByChannel(title: string, input: InputShape, values: Values): ByChannel {
  const wrong = noPicture(title, input) ?? badStrides(title, values);
  if (wrong) return wrong;
  const channels = input.shape[3];
  if (channels === null) return unknownChannels(title, input);
  const { kernel_size: size, strides, dilation_rate: dilation, padding, depth_multiplier } = values;
  const slid = slide(title, 'kernel_size', input, { size, strides, dilation, padding });
  if (!slid.ok) return slid;
  const maps = channels * depth_multiplier;
  return {
    ok: true,
    map: [input.shape[0], slid.height, slid.width, maps],
    channels,
    multiplyAdds: (slid.height ?? 1) * (slid.width ?? 1) * maps * size[0] * size[1],
    findings: [...channelsFirst(title, input), ...slid.findings],
  };
}
