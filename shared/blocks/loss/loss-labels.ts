/** Owns what the losses share: the choice of the target column and the comparison of prediction and label. */
import type { ColumnFacts } from '../../document/facts';
import { shapeText } from '../../compiler/shape';
import type { Finding, FixProposal, InputShape } from '../block';
import type { BooleanParameter, ColumnsParameter, NumberParameter, Parameters } from '../parameter';

export const columnParameter = {
  kind: 'columns',
  role: 'target',
  single: true,
  default: [],
  help: 'The column with the right answers; none chosen means the target of the data.',
} as const satisfies ColumnsParameter;

const fromLogits = {
  kind: 'boolean',
  default: false,
  help: 'On: the prediction is not yet squeezed into probabilities; the loss does it itself, which is numerically safer.',
} as const satisfies BooleanParameter;

const labelSmoothing = {
  kind: 'number',
  default: 0,
  min: 0,
  max: 1,
  help: 'Moves the labels a little away from 0 and 1, so that the network is never asked to be certain.',
  advanced: true,
} as const satisfies NumberParameter;

export const sparseParameters = {
  from_logits: fromLogits,
  column: columnParameter,
} as const satisfies Parameters;
export const crossentropyParameters = {
  from_logits: fromLogits,
  label_smoothing: labelSmoothing,
  column: columnParameter,
} as const satisfies Parameters;

export const lossFinding = (
  code: string,
  severity: Finding['severity'],
  port: 'prediction' | 'labels',
  message: string,
  why: string,
  fixes: readonly FixProposal[] = [],
): Finding => ({ code, severity, port, message, why, fixes });

/** Values per sample that a label column asks for; a single number counts as a vector of length 1. */
export const labelShape = (label: ColumnFacts): readonly number[] =>
  label.shape.length === 0 ? [1] : label.shape;

/** `1 number per sample`, `2 × 3 numbers per sample`. */
export const numbersText = (sizes: readonly number[]): string =>
  `${sizes.join(' × ')} ${sizes.every((size) => size === 1) ? 'number' : 'numbers'} per sample`;

const expected = (sizes: readonly number[]) => `[${['batch', ...sizes].join(', ')}]`;

/** The error where prediction and label have another shape; empty where they agree. */
export function wrongShape(
  title: string,
  prediction: InputShape,
  sizes: readonly number[],
  reason: string,
): readonly Finding[] {
  const { shape, from } = prediction;
  const agrees =
    shape.length === sizes.length + 1 &&
    sizes.every((size, i) => shape[i + 1] === size || shape[i + 1] === null);
  if (agrees) return [];
  const onlyWidth =
    shape.length === sizes.length + 1 && sizes.slice(0, -1).every((size, i) => shape[i + 1] === size);
  return [
    lossFinding(
      'shape/mismatch',
      'error',
      'prediction',
      `${title} expects ${expected(sizes)}; it gets ${shapeText(shape)} from ${from}.`,
      shape.length > sizes.length + 1
        ? `${reason} A map must be flattened or averaged before the last Dense layer.`
        : reason,
      onlyWidth ? [{ kind: 'set-width', port: 'prediction', width: sizes[sizes.length - 1] }] : [],
    ),
  ];
}

export const textLabel = (label: ColumnFacts): Finding =>
  lossFinding(
    'data/text',
    'error',
    'labels',
    `The target column "${label.name}" is text.`,
    'A loss compares numbers; read the column as classes in the data block, or choose another column.',
  );

/** A cross-entropy that was given a target without classes. */
export const notClasses = (title: string, label: ColumnFacts): Finding =>
  lossFinding(
    'loss/pairing',
    'error',
    'labels',
    `${title} chooses between classes, but "${label.name}" is a number without classes.`,
    'Numbers are predicted with a loss that measures the distance to them.',
    [
      { label: 'Replace with MeanSquaredError', kind: 'replace', type: 'MeanSquaredError' },
      { label: 'Replace with MeanAbsoluteError', kind: 'replace', type: 'MeanAbsoluteError' },
    ],
  );
