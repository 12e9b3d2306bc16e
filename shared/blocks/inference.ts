/** Owns the ways in which a layer answers what it makes of its input shapes. */
import type { Shape } from '../compiler/shape';
import type { Finding, FixProposal, InferenceResult, InputShape, KerasConfig } from './block';
import { shapeText } from '../compiler/shape';

/** A layer without weights whose output has this shape. */
export const weightless = (
  shape: Shape,
  multiplyAdds = 0,
  findings: readonly Finding[] = [],
): InferenceResult => ({
  ok: true,
  value: { shape, weights: [], multiplyAdds, findings },
});

/** The answer of a layer that cannot work with what it gets. */
export type Refusal = Extract<InferenceResult, { ok: false }>;

export const refuse = (finding: Omit<Finding, 'severity'>): Refusal => ({
  ok: false,
  finding: { ...finding, severity: 'error' },
});

/** The error of a layer that gets a tensor of another rank than it can read. */
export const wrongRank = (
  title: string,
  expected: string,
  input: InputShape,
  why: string,
  fixes: readonly FixProposal[],
): Refusal =>
  refuse({
    code: 'shape/mismatch',
    port: 'input',
    message: `${title} expects ${expected}; it gets ${shapeText(input.shape)} from ${input.from}.`,
    why,
    fixes,
  });

/** Product of the axes after the batch; an axis of free length counts once. */
export const sizePerSample = (shape: Shape): number =>
  shape.slice(1).reduce<number>((product, axis) => product * (axis ?? 1), 1);

/** An axis counted as Keras does, -1 being the last; null where the shape has no such axis or it is the batch. */
export function axisIndex(axis: number, shape: Shape): number | null {
  const index = axis < 0 ? shape.length + axis : axis;
  return index >= 1 && index < shape.length ? index : null;
}

export const noSuchAxis = (title: string, axis: number, input: InputShape): Refusal =>
  refuse({
    code: 'block/parameter',
    port: 'input',
    message: `${title}: axis is ${axis}, but ${shapeText(input.shape)} from ${input.from} has no such axis apart from the batch.`,
    why: 'Axes are counted from 0, which is the batch; -1 is the last one, which usually holds the features or channels.',
    fixes: [{ label: 'Set axis to -1', kind: 'set-param', name: 'axis', value: -1 }],
  });

/** The inspector's and captions' way to write sizes: `3 × 3`, with thin spaces. */
export const timesText = (sizes: readonly number[]): string => sizes.join('\u2009×\u2009');

/** The config of a layer that Keras lacks: the engine has a class of its own for it. */
export const ownLayer = (type: string, config: KerasConfig['config'] = {}): KerasConfig => ({
  class_name: type,
  registered_name: `Axonry>${type}`,
  config,
});
