/** FormulaLoss: a loss of one's own, written as a formula of prediction, labels and other outputs. */
import type { Shape } from '../../compiler/shape';
import { LANGUAGE, problemText, valueFormula } from '../../formula/formula';
import { formulaShape } from '../../formula/shape';
import { defineBlock, type LossKind } from '../block';
import { lossPorts } from '../ports';
import { labelShape, lossFinding, textLabel, wrongShape } from './loss-labels';
import { lossParameters } from './loss-parameters';

/** Of further outputs, by the order of the wires. */
export const OTHERS = ['o1', 'o2', 'o3', 'o4'] as const;
export const LOSS_NAMES = ['p', 'y', ...OTHERS] as const;

const check = (text: string): string | null => {
  const checked = valueFormula(text, LOSS_NAMES);
  return checked.ok ? null : problemText('formula', checked.problem);
};

const LABELS: Record<LossKind['task'], LossKind['labels']> = {
  regression: 'values',
  classification: 'one-hot',
  binary: 'binary',
  transcription: 'index',
  other: 'values',
};

export const formulaLoss = defineBlock({
  type: 'FormulaLoss',
  version: 1,
  title: 'Formula loss',
  category: 'Loss',
  search: ['custom loss', 'own loss', 'expression', 'formula', 'add_loss', 'lambda'],
  summary: 'A loss of your own, written as a formula of the prediction and the labels.',
  help: [
    'The prediction is `p`, the labels `y`, and outputs that are wired to `others` are `o1`, `o2` and so on. The value is averaged over each sample and over the batch. `(p - y)^2` is the squared error, `-sum(y * log(p), -1)` the cross-entropy of one-hot labels, `e = p - y; where(abs(e) < 1, e^2 / 2, abs(e) - 0.5)` is Huber’s with a name that hides the number e.',
    LANGUAGE,
    'A formula may leave `y` out: then an output itself is made small. `judged_as` says what the prediction is, so that metrics and matrices can be made of it.',
    'Typical mistakes: `log(p)` of a probability that can be 0, for which `log(clip(p, 1e-7, 1))` is safe; a formula without a lowest value, which falls for ever.',
  ].join('\n\n'),
  source: 'Keras documentation, custom losses and add_loss',
  parameters: {
    formula: {
      kind: 'text',
      default: '(p - y)^2',
      placeholder: '(p - y)^2',
      help: 'The loss of prediction p and labels y; o1, o2 … are further outputs.',
      multiline: true,
      check,
    },
    judged_as: {
      kind: 'choice',
      default: 'regression',
      options: ['regression', 'classification', 'binary', 'other'],
      help: 'What the prediction is for metrics: numbers, probabilities of one-hot classes, of yes or no, or nothing of these.',
    },
    ...lossParameters,
  },
  ports: () => ({
    inputs: [...lossPorts.inputs, { name: 'others', kind: 'tensor', many: true, optional: true }],
    outputs: lossPorts.outputs,
  }),
  caption: ({ formula }) => formula,
  behaviour: {
    kind: 'loss',
    labels: 'values',
    task: 'other',
    ofLabel: (_label, { judged_as: task }) => ({ task, labels: LABELS[task] }),
    predictionMeans: ({ judged_as }) =>
      judged_as === 'classification' || judged_as === 'binary' ? 'probabilities' : 'values',
    reads: () => 'anything',
    check(prediction, label, { formula, judged_as }, others = []) {
      if (label.dtype === 'string') return [textLabel(label)];
      const names = ['p', 'y', ...OTHERS.slice(0, others.length)];
      const wrong = (message: string) => [
        lossFinding(
          'block/formula',
          'error',
          'prediction',
          `Formula loss: ${message}.`,
          `It is given ${names.join(', ')}: the prediction, the labels and what is wired to others.`,
        ),
      ];
      if (others.length > OTHERS.length) return wrong(`it takes ${OTHERS.length} other outputs at most`);
      const checked = valueFormula(formula, names);
      if (!checked.ok) return wrong(`${checked.problem.message} (character ${checked.problem.at})`);
      const sizes = labelShape(label);
      const isAlike = sizes.length + 1 === prediction.shape.length;
      const shapes = new Map<string, Shape>([
        ['p', prediction.shape],
        ['y', isAlike ? [null, ...sizes] : [null, ...label.shape]],
        ...others.map(({ shape }, i) => [OTHERS[i], shape] as const),
      ]);
      const found = formulaShape(checked.value, shapes);
      if (!found.ok) return wrong(`${found.problem.message} (character ${found.problem.at})`);
      if (found.shape[0] !== null) return wrong('its value does not depend on the samples');
      return judged_as === 'other'
        ? []
        : wrongShape('Formula loss', prediction, sizes, `It is judged as ${judged_as}, so "${label.name}" and the prediction must be alike.`);
    },
    keras: ({ formula }) => ({
      class_name: 'FormulaLoss',
      registered_name: 'Axonry>FormulaLoss',
      config: { formula },
    }),
  },
}); // prettier-ignore
