/** Owns the size rule of windows that slide along a sequence `[batch, steps, channels]`. */
import { shapeText } from '../../compiler/shape';
import type { Finding, FixProposal, InputShape } from '../block';
import { wrongRank, type Refusal } from '../inference';
import { positions, type Window } from './window';

const sequenceFixes = (shape: InputShape['shape']): FixProposal[] =>
  shape.length === 2 && shape[1] !== null
    ? [
        {
          label: 'Insert Reshape',
          kind: 'insert-before',
          type: 'Reshape',
          params: { target_shape: [shape[1], 1] },
        },
      ]
    : [];

/** The error where the input is no sequence, else null. */
export const noSequence = (title: string, input: InputShape): Refusal | null =>
  input.shape.length === 3
    ? null
    : wrongRank(
        title,
        '[batch, steps, channels]',
        input,
        'It works along the steps of a sequence, each with one or more channels.',
        sequenceFixes(input.shape),
      );

export interface SequenceWindow {
  size: number;
  stride: number;
  dilation: number;
  padding: Window['padding'];
}
export type SequenceSlide =
  { ok: true; steps: number | null; findings: readonly Finding[] } | { ok: false; finding: Finding };

/** Steps after the window slid along the sequence. */
export function slideAlong(
  title: string,
  sizeName: string,
  input: InputShape,
  { size, stride, dilation, padding }: SequenceWindow,
): SequenceSlide {
  const n = input.shape[1];
  if (n === null) return { ok: true, steps: null, findings: [] };
  const reach = (size - 1) * dilation + 1;
  const steps = positions(n, size, stride, dilation, padding);
  const same: FixProposal = {
    label: 'Set padding to same',
    kind: 'set-param',
    name: 'padding',
    value: 'same',
  };
  if (steps <= 0)
    return {
      ok: false,
      finding: {
        code: 'shape/shrunk-away',
        severity: 'error',
        port: 'input',
        message: `${title} looks at ${reach} steps at once, but ${shapeText(input.shape)} from ${input.from} has ${n}.`,
        why: 'Each convolution or pooling without padding makes the sequence shorter, until no window fits into it.',
        fixes: [same, { label: `Set ${sizeName} to ${n}`, kind: 'set-param', name: sizeName, value: [n] }],
      },
    };
  const rest = padding === 'valid' ? (n - reach) % stride : 0;
  if (rest === 0) return { ok: true, steps, findings: [] };
  const dropped: Finding = {
    code: 'shape/not-integer',
    severity: 'warning',
    port: 'input',
    message: `${title} does not divide ${n} steps: the last ${rest === 1 ? 'step is' : `${rest} steps are`} dropped.`,
    why: 'The window moves in whole strides; what is left over at the end is never looked at.',
    fixes: [same],
  };
  return { ok: true, steps, findings: [dropped] };
}
