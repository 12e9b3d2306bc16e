/** Owns pooling along one, two or three axes: by windows, over everything, and to a given size. */
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { inner, lengthsText, noSpace, perAxis, SPACES, withInner, type Rank } from '../convolution/space';
import { paddingParameter, slide } from '../convolution/window';
import { sizePerSample, timesText, weightless } from '../inference';
import type { ChoiceParameter } from '../parameter';
import { layerPorts } from '../ports';
import { written, type Words } from '../words';

export type Kind = 'Max' | 'Average';

export function pooling(kind: Kind, rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `${kind}Pooling${rank}D`;
  const padding: ChoiceParameter<'valid' | 'same'> =
    rank === 1
      ? {
          ...paddingParameter(space),
          help: '`valid`: the window stays inside the sequence. `same`: it may reach over the end.',
        }
      : paddingParameter(space);
  const stridesOf = (values: { pool_size: readonly number[]; strides: readonly number[] }) =>
    values.strides.length === 0 ? values.pool_size : values.strides;
  return defineBlock({
    ...written(type, words),
    formula: `y[p, c] = ${kind === 'Max' ? 'max' : 'mean'} of x[strides · p + k, c] over 0 ≤ k < pool_size`,
    category: 'Pooling',
    parameters: {
      pool_size: perAxis(space, 2, `${lengthsText(space)} of the window.`),
      strides: perAxis(
        space,
        1,
        'How far the window moves from one position to the next; empty means by its own size.',
        { default: [], emptyMeans: 'the pool size' },
      ),
      padding,
    },
    ports: () => layerPorts,
    caption: ({ pool_size }) => `pool ${timesText(pool_size)}`,
    behaviour: {
      kind: 'layer',
      affine: kind === 'Average',
      infer([input], values) {
        const wrong = noSpace(space, type, input);
        if (wrong) return wrong;
        const slid = slide(space, `Pool ${timesText(values.pool_size)}`, 'pool_size', input, {
          size: values.pool_size,
          strides: stridesOf(values),
          dilation: space.axes.map(() => 1),
          padding: values.padding,
        });
        return slid.ok ? weightless(withInner(input.shape, slid.lengths), 0, slid.findings) : slid;
      },
      keras: (values) => ({
        class_name: type,
        config: {
          pool_size: [...values.pool_size],
          strides: [...stridesOf(values)],
          padding: values.padding,
          data_format: 'channels_last',
        },
      }),
      activation: () => null,
    },
  });
}

export function globalPooling(kind: Kind, rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `Global${kind}Pooling${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: `y[c] = ${kind === 'Max' ? 'max' : 'mean'} of x[p, c] over all p`,
    category: 'Pooling',
    parameters: {
      keepdims: {
        kind: 'boolean',
        default: false,
        help: 'Keeps the axes that were pooled over, with a length of 1.',
        advanced: true,
      },
    },
    ports: () => layerPorts,
    caption: ({ keepdims }) => (keepdims ? 'keeps its axes' : ''),
    behaviour: {
      kind: 'layer',
      affine: kind === 'Average',
      infer: ([input], { keepdims }) =>
        noSpace(space, type, input) ??
        weightless(
          withInner(
            input.shape,
            inner(input.shape).flatMap(() => (keepdims ? [1] : [])),
          ),
        ),
      keras: ({ keepdims }) => ({ class_name: type, config: { data_format: 'channels_last', keepdims } }),
      activation: () => null,
    },
  });
}

export function adaptivePooling(kind: Kind, rank: Rank) {
  const space = SPACES[rank];
  const type = `Adaptive${kind}Pooling${rank}D`;
  const what = kind === 'Max' ? 'the largest value' : 'the mean';
  const infer = (input: InputShape, size: readonly number[]): InferenceResult =>
    noSpace(space, type, input) ??
    weightless(withInner(input.shape, size), kind === 'Max' ? 0 : sizePerSample(input.shape));
  return defineBlock({
    ...written(type, {
      title: `Adaptive${kind}Pool${rank}D`,
      formula: `y[i] = ${kind === 'Max' ? 'max' : 'mean'} of x[p] over ⌊i · n / output_size⌋ ≤ p < ⌈(i + 1) · n / output_size⌉`,
      search: ['adaptive pool', 'fixed size', 'any size', `${kind.toLowerCase()} pool`],
      summary: `Brings a ${space.thing} of any size to a fixed one by ${what} of as many windows.`,
      help: [
        `Each axis is cut into \`output_size\` windows of nearly the same length, which overlap by one where they do not go up; each gives ${what} of its values. There are no weights.`,
        `Shapes: the axes of the ${space.thing} become \`output_size\`; batch and channels stay.`,
        `Whatever the size of the ${space.thing}, the layers after it get the same number of values, so that Dense layers can follow.`,
        `Typical mistake: an output larger than the input. It only repeats values; UpSampling${rank}D is meant for that.`,
      ],
      source: `He et al., Spatial pyramid pooling in deep convolutional networks (2015); Keras documentation, ${type} layer`,
    }),
    category: 'Pooling',
    parameters: { output_size: perAxis(space, 1, `${lengthsText(space)} of the output.`) },
    ports: () => layerPorts,
    caption: ({ output_size }) => `to ${timesText(output_size)}`,
    behaviour: {
      kind: 'layer',
      affine: kind === 'Average',
      infer: ([input], { output_size }) => infer(input, output_size),
      keras: ({ output_size }) => ({
        class_name: type,
        config: { output_size: [...output_size], data_format: 'channels_last' },
      }),
      activation: () => null,
    },
  });
}
