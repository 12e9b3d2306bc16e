/** Owns enlargement by whole factors along one, two or three axes. */
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { sizePerSample, timesText, weightless } from '../inference';
import type { ChoiceParameter } from '../parameter';
import { layerPorts } from '../ports';
import { eachLength, noSpace, perAxis, SPACES, withInner, type Space } from './space';
import { written, type Words } from '../words';

const sizeParameter = (space: Space) =>
  perAxis(space, 2, `How many times as large the ${space.thing} becomes along each axis.`, { unit: 'times' });

function enlarged(space: Space, input: InputShape, size: readonly number[], terms: number): InferenceResult {
  const wrong = noSpace(space, `UpSampling${space.rank}D`, input);
  if (wrong) return wrong;
  const shape = withInner(
    input.shape,
    eachLength(input.shape, (n, axis) => n * size[axis]),
  );
  return weightless(shape, terms * sizePerSample(shape));
}

/** Keras wants a single number along a sequence. */
export function upSampling(rank: 1 | 3, words: Words) {
  const space = SPACES[rank];
  const type = `UpSampling${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: 'y[p] = x[⌊p / size⌋]',
    category: 'Convolution',
    parameters: { size: sizeParameter(space) },
    ports: () => layerPorts,
    caption: ({ size }) => timesText(size),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer: ([input], { size }) => enlarged(space, input, size, 0),
      keras: ({ size }) => ({
        class_name: type,
        config: {
          size: rank === 1 ? size[0] : [...size],
          ...(rank === 1 ? {} : { data_format: 'channels_last' }),
        },
      }),
      activation: () => null,
    },
  });
}

/** Only pictures can be interpolated. */
export function pictureUpSampling(words: Words) {
  const space = SPACES[2];
  return defineBlock({
    ...written('UpSampling2D', words),
    formula: 'y[p] = x[⌊p / size⌋], or a blend of the nearest pixels',
    category: 'Convolution',
    parameters: {
      size: sizeParameter(space),
      interpolation: {
        kind: 'choice',
        default: 'nearest',
        options: ['nearest', 'bilinear'],
        help: '`nearest` repeats pixels; `bilinear` blends neighbours.',
      } as const satisfies ChoiceParameter,
    },
    ports: () => layerPorts,
    caption: ({ size, interpolation }) =>
      `${timesText(size)}${interpolation === 'nearest' ? '' : `, ${interpolation}`}`,
    behaviour: {
      kind: 'layer',
      affine: true,
      infer: ([input], { size, interpolation }) =>
        enlarged(space, input, size, interpolation === 'nearest' ? 0 : 4),
      keras: ({ size, interpolation }) => ({
        class_name: 'UpSampling2D',
        config: { size: [...size], interpolation, data_format: 'channels_last' },
      }),
      activation: () => null,
    },
  });
}
