/** Owns what layers along one, two or three axes say of their input: a sequence, a picture, a volume. */
import type { Shape } from '../../compiler/shape';
import { shapeText } from '../../compiler/shape';
import type { FixProposal, InputShape } from '../block';
import { refuse, wrongRank, type Refusal } from '../inference';
import type { IntegersParameter } from '../parameter';

export type Rank = 1 | 2 | 3;

export interface Space {
  rank: Rank;
  /** What the whole is called. */
  thing: 'sequence' | 'picture' | 'volume';
  /** As a shape is written. */
  shape: string;
  /** The axes after the batch: how long one is, and what lies along it. */
  axes: readonly { length: string; lines: string }[];
  /** Its smallest parts. */
  unit: 'steps' | 'pixels' | 'voxels';
  /** Why it must have this rank. */
  why: string;
}

export const SPACES: Readonly<Record<Rank, Space>> = {
  1: {
    rank: 1,
    thing: 'sequence',
    shape: '[batch, steps, channels]',
    axes: [{ length: 'length', lines: 'steps' }],
    unit: 'steps',
    why: 'It works along the steps of a sequence, each with one or more channels.',
  },
  2: {
    rank: 2,
    thing: 'picture',
    shape: '[batch, height, width, channels]',
    axes: [
      { length: 'height', lines: 'rows' },
      { length: 'width', lines: 'columns' },
    ],
    unit: 'pixels',
    why: 'It works on rows and columns, so both must still be there.',
  },
  3: {
    rank: 3,
    thing: 'volume',
    shape: '[batch, depth, height, width, channels]',
    axes: [
      { length: 'depth', lines: 'slices' },
      { length: 'height', lines: 'rows' },
      { length: 'width', lines: 'columns' },
    ],
    unit: 'voxels',
    why: 'It works on slices, rows and columns, so all three must still be there.',
  },
};

/** `Height and width`, `Length`, `Depth, height and width`. */
export function lengthsText({ axes }: Space): string {
  const names = axes.map(({ length }) => length);
  const text = [names.slice(0, -1).join(', '), ...names.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
  return text[0].toUpperCase() + text.slice(1);
}

/** A list of one whole number for each axis, the same for all by default. */
export const perAxis = (
  { rank, unit }: Space,
  value: number,
  help: string,
  more: Partial<IntegersParameter> = {},
): IntegersParameter => ({
  kind: 'integers',
  default: Array<number>(rank).fill(value),
  length: rank,
  min: 1,
  help,
  unit,
  ...more,
});

/** The axes between batch and channels. */
export const inner = (shape: Shape): Shape => shape.slice(1, -1);

/** The same with other lengths. */
export const withInner = (shape: Shape, lengths: Shape, channels = shape[shape.length - 1]): Shape => [
  shape[0],
  ...lengths,
  channels,
];

/** Each length changed by its own rule; what is free stays so. */
export const eachLength = (shape: Shape, change: (n: number, axis: number) => number): Shape =>
  inner(shape).map((n, axis) => (n === null ? null : change(n, axis)));

/** Product of the lengths; an axis of free length counts once. */
export const places = (shape: Shape): number =>
  inner(shape).reduce<number>((product, n) => product * (n ?? 1), 1);

const reshape = (target_shape: readonly number[]): FixProposal => ({
  label: 'Insert Reshape',
  kind: 'insert-before',
  type: 'Reshape',
  params: { target_shape: [...target_shape] },
});

/** Something without a channel axis gets one; a flat vector may have been a square picture: 784 → 28 × 28 × 1. */
export function spaceFixes({ rank }: Space, shape: Shape): FixProposal[] {
  const lengths = shape.slice(1).flatMap((n) => n ?? []);
  if (lengths.length !== shape.length - 1) return [];
  if (lengths.length === rank) return [reshape([...lengths, 1])];
  if (rank !== 2 || lengths.length !== 1) return [];
  for (const channels of [1, 3]) {
    const side = Math.sqrt(lengths[0] / channels);
    if (Number.isInteger(side) && side > 1) return [reshape([side, side, channels])];
  }
  return [];
}

/** The error where the input has another rank, else null. */
export const noSpace = (space: Space, title: string, input: InputShape): Refusal | null =>
  input.shape.length === space.rank + 2
    ? null
    : wrongRank(title, space.shape, input, space.why, spaceFixes(space, input.shape));

/** The error of a layer with weights for each channel that does not know how many there are. */
export const unknownChannels = (title: string, input: InputShape): Refusal =>
  refuse({
    code: 'shape/mismatch',
    port: 'input',
    message: `${title} needs a known number of channels; it gets ${shapeText(input.shape)} from ${input.from}.`,
    why: 'Every filter has weights for each channel.',
  });
