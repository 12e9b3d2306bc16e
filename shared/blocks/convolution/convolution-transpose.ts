/** Owns convolution backwards: Conv1DTranspose, Conv2DTranspose and Conv3DTranspose are this with their own words. */
import { switchedOn } from '../activation/functions';
import { defineBlock, type FixProposal, type InputShape } from '../block';
import { kernelAndBias, weightConfig, weightParameters } from '../core/weighted';
import { refuse, timesText, type Refusal } from '../inference';
import { layerPorts } from '../ports';
import { dilationParameter, filtersCaption, filtersParameter } from './convolution';
import {
  eachLength,
  lengthsText,
  noSpace,
  perAxis,
  places,
  SPACES,
  unknownChannels,
  withInner,
} from './space';
import type { Rank } from './space';
import { stridesWithGaps } from './strides';
import { channelsFirst, reachOf } from './window';
import { written, type Words } from '../words';

export interface Growth {
  size: number;
  stride: number;
  dilation: number;
  padding: 'valid' | 'same';
  /** null: the smallest length from which the convolution forwards comes back to n. */
  extra: number | null;
}

/**
 * Length after a convolution backwards. `valid`: (n − 1) · stride + reach, and at least n · stride; `same`: n · stride.
 * With an output padding the last term is chosen by hand (Keras' rule).
 */
export function grown(n: number, { size, stride, dilation, padding, extra }: Growth): number {
  const reach = reachOf(size, dilation);
  if (padding === 'valid') return (n - 1) * stride + reach + (extra ?? Math.max(reach, stride) - reach);
  return extra === null ? n * stride : (n - 1) * stride + (reach % 2) + extra;
}

interface Values {
  kernel_size: readonly number[];
  strides: readonly number[];
  dilation_rate: readonly number[];
  padding: 'valid' | 'same';
  output_padding: readonly number[];
}

const growthOf = (values: Values, axis: number): Growth => ({
  size: values.kernel_size[axis],
  stride: values.strides[axis],
  dilation: values.dilation_rate[axis],
  padding: values.padding,
  extra: values.output_padding[axis] ?? null,
});

/** The convolution forwards must come back to the length that it started from. */
function badOutputPadding(title: string, values: Values): Refusal | null {
  const { output_padding, strides } = values;
  const unset: FixProposal = {
    label: 'Leave output_padding empty',
    kind: 'set-param',
    name: 'output_padding',
    value: [],
  };
  if (output_padding.some((extra, axis) => extra >= strides[axis]))
    return refuse({
      code: 'block/parameter',
      message: `${title} has output_padding ${timesText(output_padding)} with strides ${timesText(strides)}; along each axis it must be smaller than the stride.`,
      why: 'It says which of the lengths between two strides is meant.',
      fixes: [unset],
    });
  const lost = output_padding.some(
    (extra, axis) => values.padding === 'same' && grown(1, growthOf(values, axis)) === 0 && extra === 0,
  );
  return lost
    ? refuse({
        code: 'block/parameter',
        message: `${title} has an even kernel_size with padding same; output_padding must then be at least 1.`,
        why: 'Otherwise the values at the end would be drawn outside the output.',
        fixes: [unset],
      })
    : null;
}

export function convolutionTranspose(rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `Conv${rank}DTranspose`;
  const refusal = (input: InputShape, values: Values): Refusal | null =>
    noSpace(space, type, input) ??
    stridesWithGaps(type, values) ??
    badOutputPadding(type, values) ??
    (input.shape.at(-1) === null ? unknownChannels(type, input) : null);
  return defineBlock({
    ...written(type, words),
    formula:
      'y[q, f] = activation(Σ x[p, c] · kernel[k, f, c] + bias[f]) over all p, k with stride · p + dilation · k = q',
    category: 'Convolution',
    parameters: {
      filters: filtersParameter('Number of patterns that can be drawn: channels of the output.'),
      kernel_size: perAxis(space, 3, `${lengthsText(space)} of a pattern.`),
      strides: perAxis(space, 1, `How many times as large the ${space.thing} becomes.`, { unit: 'times' }),
      padding: {
        kind: 'choice',
        default: 'valid',
        options: ['valid', 'same'],
        help: '`same`: the size is multiplied by the strides. `valid`: patterns at the edge reach beyond that.',
      },
      output_padding: perAxis(space, 0, 'Which of the sizes between two strides is meant.', {
        default: [],
        min: 0,
        emptyMeans: 'by the strides',
        advanced: true,
      }),
      dilation_rate: dilationParameter(space),
      ...weightParameters,
    },
    ports: () => layerPorts,
    caption: ({ filters, kernel_size }) => filtersCaption(filters, kernel_size),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer([input], values) {
        const wrong = refusal(input, values);
        if (wrong) return wrong;
        const { filters, kernel_size } = values;
        const channels = input.shape.at(-1) ?? 1;
        const lengths = eachLength(input.shape, (n, axis) => grown(n, growthOf(values, axis)));
        const window = kernel_size.reduce((product, size) => product * size, 1);
        return {
          ok: true,
          value: {
            shape: withInner(input.shape, lengths, filters),
            weights: kernelAndBias([...kernel_size, filters, channels], filters, values.use_bias),
            multiplyAdds: places(input.shape) * channels * filters * window,
            findings: channelsFirst(space, type, input),
          },
        };
      },
      keras: (values) => ({
        class_name: type,
        config: {
          filters: values.filters,
          kernel_size: [...values.kernel_size],
          strides: [...values.strides],
          padding: values.padding,
          output_padding: values.output_padding.length === 0 ? null : [...values.output_padding],
          data_format: 'channels_last',
          dilation_rate: [...values.dilation_rate],
          ...weightConfig(values),
        },
      }),
      activation: ({ activation }) => switchedOn(activation),
    },
  });
}
