/** Owns the size rule of windows that slide along one, two or three axes, for convolution and pooling alike. */
import { shapeText } from '../../compiler/shape';
import type { Shape } from '../../compiler/shape';
import type { Finding, FixProposal, InputShape } from '../block';
import type { ChoiceParameter } from '../parameter';
import { inner, type Space } from './space';

export interface Window {
  size: readonly number[];
  strides: readonly number[];
  dilation: readonly number[];
  padding: 'valid' | 'same';
}

export const paddingParameter = ({ thing }: Space) =>
  ({
    kind: 'choice',
    default: 'valid',
    options: ['valid', 'same'],
    help: `\`valid\`: the window stays inside the ${thing}, which shrinks. \`same\`: zeros around it keep the size (divided by the stride).`,
  }) as const satisfies ChoiceParameter;

export type SlideResult =
  { ok: true; lengths: Shape; findings: readonly Finding[] } | { ok: false; finding: Finding };

/** How far a window reaches: (size − 1) · dilation + 1. */
export const reachOf = (size: number, dilation: number) => (size - 1) * dilation + 1;

/**
 * Positions of a window on an axis of n values. `valid`: ⌊(n − reach) / stride⌋ + 1 with reach = (size − 1) · dilation + 1;
 * `same`: ⌈n / stride⌉ (Dumoulin and Visin, A guide to convolution arithmetic, 2016; Keras' rule).
 */
export function positions(
  n: number,
  size: number,
  stride: number,
  dilation: number,
  padding: Window['padding'],
): number {
  if (padding === 'same') return Math.ceil(n / stride);
  return Math.floor((n - reachOf(size, dilation)) / stride) + 1;
}

const setPadding: FixProposal = {
  label: 'Set padding to same',
  kind: 'set-param',
  name: 'padding',
  value: 'same',
};

const setSize = (space: Space, name: string, n: number): FixProposal => ({
  label: `Set ${name} to ${n}`,
  kind: 'set-param',
  name,
  value: Array<number>(space.rank).fill(n),
});

interface Sliding {
  space: Space;
  title: string;
  sizeName: string;
  input: InputShape;
}

function shrunkAway({ space, title, sizeName, input }: Sliding, axis: number, reach: number): Finding {
  const n = input.shape[axis + 1] ?? 0;
  const { length, lines } = space.axes[axis];
  const has = space.rank === 1 ? `has ${n}` : `has a ${length} of ${n}`;
  return {
    code: 'shape/shrunk-away',
    severity: 'error',
    port: 'input',
    message: `${title} looks at ${reach} ${lines} at once, but ${shapeText(input.shape)} from ${input.from} ${has}.`,
    why: `Each convolution or pooling without padding makes the ${space.thing} ${space.rank === 1 ? 'shorter' : 'smaller'}, until no window fits into it.`,
    fixes: [setPadding, ...(n > 0 ? [setSize(space, sizeName, n)] : [])],
  };
}

function dropped({ space, title, input }: Sliding, rest: readonly number[]): Finding[] {
  const parts = space.axes.flatMap(({ lines }, i) => {
    if (rest[i] === 0) return [];
    return [rest[i] === 1 ? `the last ${lines.slice(0, -1)}` : `the last ${rest[i]} ${lines}`];
  });
  if (parts.length === 0) return [];
  const single = rest.reduce((a, b) => a + b) === 1;
  const size = inner(input.shape).map((n) => n ?? '?').join(' × '); // prettier-ignore
  return [
    {
      code: 'shape/not-integer',
      severity: 'warning',
      port: 'input',
      message: `${title} does not divide ${size}${space.rank === 1 ? ' steps' : ''}: ${parts.join(' and ')} ${single ? 'is' : 'are'} dropped.`,
      why: `The window moves in whole strides; what is left over at the ${space.rank === 1 ? 'end' : 'lower and right edge'} is never looked at.`,
      fixes: [setPadding],
    },
  ];
}

/** The lengths after the window slid over `[batch, …, channels]`. */
export function slide(
  space: Space,
  title: string,
  sizeName: string,
  input: InputShape,
  window: Window,
): SlideResult {
  const sliding = { space, title, sizeName, input };
  const lengths: (number | null)[] = [];
  const rest: number[] = [];
  for (const [axis, n] of inner(input.shape).entries()) {
    const [size, stride, dilation] = [window.size[axis], window.strides[axis], window.dilation[axis]];
    const length = n === null ? null : positions(n, size, stride, dilation, window.padding);
    if (length !== null && length <= 0)
      return { ok: false, finding: shrunkAway(sliding, axis, reachOf(size, dilation)) };
    lengths.push(length);
    // Strides that skip lines between windows skip them at the edge as well, and an edge of zeros holds nothing.
    const reach = reachOf(size, dilation);
    const mayDrop = window.padding === 'valid' && reach >= stride && input.hasZeroEdge !== true;
    rest.push(n !== null && mayDrop ? (n - reach) % stride : 0);
  }
  return {
    ok: true,
    lengths,
    findings: [...channelsFirst(space, title, input), ...dropped(sliding, rest)],
  };
}

/** Pictures whose colours seem to stand before the rows: 1 or 3 there, a large last axis. */
export function channelsFirst(space: Space, title: string, input: InputShape): Finding[] {
  const [, first, second, third] = input.shape;
  const looksSo = (first === 1 || first === 3) && second !== null && second > 4 && second === third;
  if (space.rank !== 2 || !looksSo) return [];
  return [
    {
      code: 'shape/layout',
      severity: 'warning',
      port: 'input',
      message: `${title} reads ${shapeText(input.shape)} as ${first} × ${second} pixels with ${third} channels; it looks like ${first} ${first === 1 ? 'channel' : 'channels'} of ${second} × ${third} pixels.`,
      why: 'Channels stand last here, as in Keras: [batch, height, width, channels].',
      fixes: [
        first === 1
          ? {
              label: 'Insert Reshape',
              kind: 'insert-before',
              type: 'Reshape',
              params: { target_shape: [second, third, 1] },
            }
          : { label: 'Insert Permute', kind: 'insert-before', type: 'Permute', params: { dims: [2, 3, 1] } },
      ],
    },
  ];
}
