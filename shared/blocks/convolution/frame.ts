/** Owns what is put around or cut off at both ends of each axis: zero padding and cropping along one, two or three axes. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { refuse, weightless } from '../inference';
import type { IntegersParameter } from '../parameter';
import { layerPorts } from '../ports';
import { eachLength, inner, noSpace, SPACES, withInner, type Rank, type Space } from './space';
import { written, type Words } from '../words';

const ENDS: Readonly<Record<Rank, string>> = {
  1: 'before the first step and after the last',
  2: 'at the top, at the bottom, on the left and on the right',
  3: 'in front, behind, at the top, at the bottom, on the left and on the right',
};

/** Two numbers for each axis, one axis after the other. */
const endsParameter = ({ rank, unit }: Space, value: number, what: string) =>
  ({
    kind: 'integers',
    default: Array<number>(2 * rank).fill(value),
    length: 2 * rank,
    min: 0,
    help: `${what} ${ENDS[rank]}.`,
    unit,
  }) satisfies IntegersParameter;

const pairs = (ends: readonly number[]): number[][] =>
  ends.filter((_, i) => i % 2 === 0).map((start, axis) => [start, ends[2 * axis + 1]]);

/** Keras writes ((top, bottom), (left, right)), and along a sequence just (start, end). */
const endsConfig = (ends: readonly number[]) => (ends.length === 2 ? [...ends] : pairs(ends));

/** `1 on every side` or `1, 2, 0, 0`. */
const endsCaption = (ends: readonly number[]): string =>
  ends.every((end) => end === ends[0])
    ? `${ends[0]} on ${ends.length === 2 ? 'both sides' : 'every side'}`
    : ends.join(', ');

const sums = (ends: readonly number[]) => pairs(ends).map(([start, end]) => start + end);

export function zeroPadding(rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `ZeroPadding${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: 'y[p] = x[p − before], and 0 where x has no such place',
    category: 'Convolution',
    parameters: { padding: endsParameter(space, 1, 'How many zeros') },
    ports: () => layerPorts,
    caption: ({ padding }) => endsCaption(padding),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer: ([input], { padding }) =>
        noSpace(space, type, input) ??
        weightless(
          withInner(
            input.shape,
            eachLength(input.shape, (n, axis) => n + sums(padding)[axis]),
          ),
        ),
      keras: ({ padding }) => ({
        class_name: type,
        config: { padding: endsConfig(padding), data_format: 'channels_last' },
      }),
      activation: () => null,
    },
  });
}

function cropped(space: Space, type: string, input: InputShape, cut: readonly number[]): InferenceResult {
  const wrong = noSpace(space, type, input);
  if (wrong) return wrong;
  const gone = inner(input.shape).findIndex((n, axis) => n !== null && n <= cut[axis]);
  if (gone === -1)
    return weightless(
      withInner(
        input.shape,
        eachLength(input.shape, (n, axis) => n - cut[axis]),
      ),
    );
  const { length, lines } = space.axes[gone];
  return refuse({
    code: 'shape/shrunk-away',
    port: 'input',
    message: `${type} cuts ${cut[gone]} ${lines} off ${shapeText(input.shape)} from ${input.from}; nothing is left of its ${length}.`,
    why: `At least one of the ${lines} must remain.`,
    fixes: [
      {
        label: 'Set cropping to 0',
        kind: 'set-param',
        name: 'cropping',
        value: Array<number>(2 * space.rank).fill(0),
      },
    ],
  });
}

export function cropping(rank: Rank, words: Words) {
  const space = SPACES[rank];
  const type = `Cropping${rank}D`;
  return defineBlock({
    ...written(type, words),
    formula: 'y[p] = x[p + before]',
    category: 'Convolution',
    // Keras' own defaults, which differ.
    parameters: { cropping: endsParameter(space, rank === 2 ? 0 : 1, `How many ${space.unit} are cut off`) },
    ports: () => layerPorts,
    caption: (values) => endsCaption(values.cropping),
    behaviour: {
      kind: 'layer',
      affine: true,
      infer: ([input], values) => cropped(space, type, input, sums(values.cropping)),
      keras: (values) => ({
        class_name: type,
        config: {
          cropping: endsConfig(values.cropping),
          ...(rank === 1 ? {} : { data_format: 'channels_last' }),
        },
      }),
      activation: () => null,
    },
  });
}
