/** Owns the size rule of windows that slide over a picture, for convolution and pooling alike. */
import { shapeText } from '../../compiler/shape';
import type { Shape } from '../../compiler/shape';
import type { Finding, FixProposal, InputShape } from '../block';
import type { ChoiceParameter } from '../parameter';

export interface Window {
  size: readonly number[];
  strides: readonly number[];
  dilation: readonly number[];
  padding: 'valid' | 'same';
}

export const paddingParameter = {
  kind: 'choice',
  default: 'valid',
  options: ['valid', 'same'],
  help: '`valid`: the window stays inside the picture, which shrinks. `same`: zeros around it keep the size (divided by the stride).',
} as const satisfies ChoiceParameter;

export type SlideResult =
  | { ok: true; height: number | null; width: number | null; findings: readonly Finding[] }
  | { ok: false; finding: Finding };

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

const reachOf = (size: number, dilation: number) => (size - 1) * dilation + 1;

const setPadding: FixProposal = {
  label: 'Set padding to same',
  kind: 'set-param',
  name: 'padding',
  value: 'same',
};

const setSize = (name: string, n: number): FixProposal => ({
  label: `Set ${name} to ${n}`,
  kind: 'set-param',
  name,
  value: [n, n],
});

const AXES = ['height', 'width'] as const;
const LINES = { height: 'rows', width: 'columns' } as const;

function shrunkAway(title: string, sizeName: string, input: InputShape, axis: 0 | 1, reach: number): Finding {
  const n = input.shape[axis + 1] ?? 0;
  return {
    code: 'shape/shrunk-away',
    severity: 'error',
    port: 'input',
    message: `${title} looks at ${reach} ${LINES[AXES[axis]]} at once, but ${shapeText(input.shape)} from ${input.from} has a ${AXES[axis]} of ${n}.`,
    why: 'Each convolution or pooling without padding makes the picture smaller, until no window fits into it.',
    fixes: [setPadding, ...(n > 0 ? [setSize(sizeName, n)] : [])],
  };
}

function dropped(title: string, input: InputShape, rest: readonly number[]): Finding[] {
  const parts = AXES.flatMap((axis, i) => {
    if (rest[i] === 0) return [];
    const lines =
      rest[i] === 1 ? `the last ${LINES[axis].slice(0, -1)}` : `the last ${rest[i]} ${LINES[axis]}`;
    return [lines];
  });
  if (parts.length === 0) return [];
  const single = parts.length === 1 && rest.reduce((a, b) => a + b) === 1;
  return [
    {
      code: 'shape/not-integer',
      severity: 'warning',
      port: 'input',
      message: `${title} does not divide ${input.shape[1] ?? '?'} × ${input.shape[2] ?? '?'}: ${parts.join(' and ')} ${single ? 'is' : 'are'} dropped.`,
      why: 'The window moves in whole strides; what is left over at the lower and right edge is never looked at.',
      fixes: [setPadding],
    },
  ];
}

/** Height and width after the window slid over `[batch, height, width, channels]`. */
export function slide(title: string, sizeName: string, input: InputShape, window: Window): SlideResult {
  const out: (number | null)[] = [];
  const rest: number[] = [];
  for (const axis of [0, 1] as const) {
    const n = input.shape[axis + 1];
    if (n === null) {
      out.push(null);
      rest.push(0);
      continue;
    }
    const [size, stride, dilation] = [window.size[axis], window.strides[axis], window.dilation[axis]];
    const length = positions(n, size, stride, dilation, window.padding);
    if (length <= 0)
      return { ok: false, finding: shrunkAway(title, sizeName, input, axis, reachOf(size, dilation)) };
    out.push(length);
    rest.push(window.padding === 'valid' ? (n - reachOf(size, dilation)) % stride : 0);
  }
  return { ok: true, height: out[0], width: out[1], findings: dropped(title, input, rest) };
}

/** Pictures whose colours seem to stand before the rows: 1 or 3 there, a large last axis. */
export function channelsFirst(title: string, input: InputShape): Finding[] {
  const [, first, second, third] = input.shape;
  const looksSo = (first === 1 || first === 3) && second !== null && second > 4 && second === third;
  if (!looksSo) return [];
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

/** A square picture that a flat vector may have been: 784 → 28 × 28 × 1. */
export function pictureFixes(shape: Shape): FixProposal[] {
  if (shape.length === 3 && shape[1] !== null && shape[2] !== null)
    return [
      {
        label: 'Insert Reshape',
        kind: 'insert-before',
        type: 'Reshape',
        params: { target_shape: [shape[1], shape[2], 1] },
      },
    ];
  const values = shape.length === 2 ? shape[1] : null;
  if (values === null) return [];
  for (const channels of [1, 3]) {
    const side = Math.sqrt(values / channels);
    if (Number.isInteger(side) && side > 1)
      return [
        {
          label: 'Insert Reshape',
          kind: 'insert-before',
          type: 'Reshape',
          params: { target_shape: [side, side, channels] },
        },
      ];
  }
  return [];
}
