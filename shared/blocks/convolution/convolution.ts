/** Owns convolution along one, two or three axes: Conv1D, Conv2D and Conv3D are this with their own words. */
import { switchedOn } from '../activation/functions';
import { defineBlock, type InputShape } from '../block';
import { kernelAndBias, weightConfig, weightParameters } from '../core/weighted';
import { refuse, timesText, type Refusal } from '../inference';
import type { ChoiceParameter } from '../parameter';
import { layerPorts } from '../ports';
import { lengthsText, noSpace, perAxis, places, SPACES, unknownChannels, withInner } from './space';
import type { Rank, Space } from './space';
import { stridesWithGaps } from './strides';
import { paddingParameter, slide } from './window';
import { written, type Words } from '../words';

/** `32 filters, 3 × 3`. */
export const filtersCaption = (filters: number, size: readonly number[]): string =>
  `${filters} ${filters === 1 ? 'filter' : 'filters'}, ${timesText(size)}`;

export const filtersParameter = (help: string) =>
  ({ kind: 'integer', default: 32, min: 1, max: 100_000, help }) as const;

export const dilationParameter = (space: Space) =>
  perAxis(space, 1, `Distance between the ${space.unit} that a filter looks at; 1 is without gaps.`, {
    advanced: true,
  });

/** Along a sequence zeros may also stand before the start only. */
const padding = (space: Space): ChoiceParameter<'valid' | 'same' | 'causal'> =>
  space.rank === 1
    ? {
        kind: 'choice',
        default: 'valid',
        options: ['valid', 'same', 'causal'],
        help: '`valid`: the window stays inside. `same`: zeros on both sides keep the length (divided by the stride). `causal`: zeros before the start only.',
      }
    : paddingParameter(space);

function badGroups(title: string, groups: number, channels: number, filters: number, input: InputShape) {
  if (channels % groups === 0 && filters % groups === 0) return null;
  return refuse({
    code: 'block/parameter',
    port: 'input',
    message: `${title} has ${groups} groups, which ${channels % groups === 0 ? `its ${filters} filters` : `the ${channels} channels from ${input.from}`} cannot be split into evenly.`,
    why: 'Each group looks at its own share of the channels with its own share of the filters, all shares alike.',
    fixes: [{ label: 'Set groups to 1', kind: 'set-param', name: 'groups', value: 1 }],
  });
}

export function convolution(rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `Conv${rank}D`;
  const refusal = (
    input: InputShape,
    values: { strides: readonly number[]; dilation_rate: readonly number[]; groups: number; filters: number },
  ): Refusal | null => {
    const channels = input.shape.at(-1) ?? null;
    return (
      noSpace(space, type, input) ??
      stridesWithGaps(type, values) ??
      (channels === null
        ? unknownChannels(type, input)
        : badGroups(type, values.groups, channels, values.filters, input))
    );
  };
  return defineBlock({
    ...written(type, words),
    formula: 'y[p, f] = activation(Σ x[stride · p + dilation · k, c] · kernel[k, c, f] + bias[f])',
    category: 'Convolution',
    parameters: {
      filters: filtersParameter('Number of patterns that are looked for: channels of the output.'),
      kernel_size: perAxis(space, 3, `${lengthsText(space)} of a filter.`),
      strides: perAxis(space, 1, 'How far the filter moves from one position to the next.'),
      padding: padding(space),
      dilation_rate: dilationParameter(space),
      groups: {
        kind: 'integer',
        default: 1,
        min: 1,
        max: 100_000,
        help: 'Channels and filters are split into this many groups that do not see each other.',
        advanced: true,
      },
      ...weightParameters,
    },
    ports: () => layerPorts,
    caption: ({ filters, kernel_size }) => filtersCaption(filters, kernel_size),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer([input], values) {
        const { filters, kernel_size, strides, dilation_rate, groups } = values;
        const wrong = refusal(input, values);
        if (wrong) return wrong;
        const slid = slide(space, type, 'kernel_size', input, {
          size: kernel_size,
          strides,
          dilation: dilation_rate,
          padding: values.padding === 'valid' ? 'valid' : 'same',
        });
        if (!slid.ok) return slid;
        const seen = (input.shape.at(-1) ?? 1) / groups;
        const shape = withInner(input.shape, slid.lengths, filters);
        const window = kernel_size.reduce((product, size) => product * size, seen);
        return {
          ok: true,
          value: {
            shape,
            weights: kernelAndBias([...kernel_size, seen, filters], filters, values.use_bias),
            multiplyAdds: places(shape) * filters * window,
            findings: slid.findings,
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
          data_format: 'channels_last',
          dilation_rate: [...values.dilation_rate],
          groups: values.groups,
          ...weightConfig(values),
        },
      }),
      activation: ({ activation }) => switchedOn(activation),
    },
  });
}
