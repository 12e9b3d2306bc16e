/** Owns the comparison of prediction and label: what losses of one kind say about labels and shapes. */
import type { ColumnFacts } from '../../document/facts';
import { shapeText } from '../../compiler/shape';
import type { Finding, FixProposal, InputShape } from '../block';

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

const replaceWith = (type: string): FixProposal => ({ label: `Replace with ${type}`, kind: 'replace', type });

/** A loss of classes that was given a target without classes. */
const notClasses = (title: string, label: ColumnFacts): Finding =>
  lossFinding(
    'loss/pairing',
    'error',
    'labels',
    `${title} chooses between classes, but "${label.name}" is a number without classes.`,
    'Numbers are predicted with a loss that measures the distance to them.',
    [replaceWith('MeanSquaredError'), replaceWith('MeanAbsoluteError')],
  );

export const insertOneHot: FixProposal = {
  label: 'Insert OneHot',
  kind: 'insert-before',
  type: 'OneHot',
  port: 'labels',
};

/** Class numbers where one-hot labels are read. `sparse` is the loss that reads class numbers instead. */
export const notOneHot = (title: string, label: ColumnFacts, sparse?: string): Finding =>
  lossFinding(
    'data/labels-not-one-hot',
    'error',
    'labels',
    `${title} reads one-hot labels; "${label.name}" holds class numbers from 0 to ${(label.classes?.length ?? 1) - 1}.`,
    'It compares one value per class with one number per class: 1 for the true class, 0 for the others.',
    [insertOneHot, ...(sparse ? [replaceWith(sparse)] : [])],
  );

/** One-hot labels, of samples or of every place of a map: [batch, ..., classes] like the prediction. */
export const checkOneHot =
  (title: string, sparse?: string) =>
  (prediction: InputShape, label: ColumnFacts): readonly Finding[] => {
    if (label.dtype === 'string') return [textLabel(label)];
    if (!label.classes) return [notClasses(title, label)];
    if (label.encoding === 'index') return [notOneHot(title, label, sparse)];
    const reason = `"${label.name}" has ${label.classes.length} classes.`;
    return wrongShape(title, prediction, labelShape(label), reason);
  };

/** Class numbers: `[batch]` for predictions [batch, classes], [batch, height, width] for maps. */
export const checkClassNumbers =
  (title: string, oneHot: string) =>
  (prediction: InputShape, label: ColumnFacts): readonly Finding[] => {
    if (label.dtype === 'string') return [textLabel(label)];
    if (!label.classes) return [notClasses(title, label)];
    if (label.encoding === 'one-hot')
      return [
        lossFinding(
          'loss/pairing',
          'error',
          'labels',
          `${title} reads class numbers; "${label.name}" is one-hot with ${label.classes.length} classes.`,
          `The sparse form looks up one probability by its number; one-hot labels go to ${oneHot}.`,
          [replaceWith(oneHot)],
        ),
      ];
    const places = label.shape.at(-1) === 1 ? label.shape.slice(0, -1) : label.shape;
    const reason = `"${label.name}" has ${label.classes.length} classes, and each needs an output.`;
    return wrongShape(title, prediction, [...places, label.classes.length], reason);
  };

/** Labels of yes or no; null where they are, or where nothing is known about their range. */
function notYesOrNo(title: string, label: ColumnFacts, lowest: 0 | -1): Finding | null {
  if (label.encoding === 'one-hot') return null;
  const reads = lowest === 0 ? 'labels of 0 and 1' : 'labels of −1 and 1, or of 0 and 1';
  if (label.classes) {
    const k = label.classes.length;
    if (k === 2) return null;
    return lossFinding(
      'data/labels-not-01',
      'error',
      'labels',
      `${title} reads ${reads}; "${label.name}" has ${k} ${k === 1 ? 'class' : 'classes'}.`,
      k > 2
        ? 'It answers one question with yes or no; one of several classes needs a value for each.'
        : 'With a single class there is nothing to tell apart.',
      k > 2 ? [replaceWith('SparseCategoricalCrossentropy')] : [],
    );
  }
  const { min, max } = label;
  if (min === null || max === null || (min >= lowest && max <= 1)) return null;
  return lossFinding(
    'data/labels-not-01',
    'warning',
    'labels',
    `${title} reads ${reads}; "${label.name}" runs from ${min} to ${max}.`,
    `The formula holds for ${lowest === 0 ? '0 (no) and 1 (yes)' : '−1 (no) and 1 (yes)'} only; with other labels the loss has no smallest value.`,
    [
      {
        label: 'Insert Scale to 0 and 1',
        kind: 'insert-before',
        type: 'Scale',
        port: 'labels',
        params: { columns: [label.name] },
      },
    ],
  );
}

/** One or several questions of yes or no for each sample, in the shape of the prediction. */
export const checkYesOrNo =
  (title: string, lowest: 0 | -1 = 0) =>
  (prediction: InputShape, label: ColumnFacts): readonly Finding[] => {
    if (label.dtype === 'string') return [textLabel(label)];
    const labels = notYesOrNo(title, label, lowest);
    if (labels?.severity === 'error') return [labels];
    const sizes = labelShape(label);
    const reason = sizes.every((size) => size === 1)
      ? `"${label.name}" is one yes or no per sample, so one output is enough.`
      : `"${label.name}" asks ${sizes.join(' × ')} questions per sample.`;
    return [...(labels ? [labels] : []), ...wrongShape(title, prediction, sizes, reason)];
  };

/** Numbers to predict, in the shape of the prediction. */
export const checkNumbers =
  (title: string) =>
  (prediction: InputShape, label: ColumnFacts): readonly Finding[] =>
    label.dtype === 'string'
      ? [textLabel(label)]
      : wrongShape(
          title,
          prediction,
          labelShape(label),
          `"${label.name}" has ${numbersText(labelShape(label))} to predict.`,
        );
