/** BinaryCrossentropy: yes or no. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock, type Finding } from '../block';
import { lossPorts } from '../ports';
import { crossentropyParameters, labelShape, lossFinding, textLabel, wrongShape } from './loss-labels';

const TITLE = 'BinaryCrossentropy';

/** Labels must be 0 or 1; null where they are, or where nothing is known about their range. */
function notZeroOne(label: ColumnFacts): Finding | null {
  if (label.encoding === 'one-hot') return null;
  if (label.classes) {
    if (label.classes.length === 2) return null;
    const k = label.classes.length;
    return lossFinding(
      'data/labels-not-01',
      'error',
      'labels',
      `${TITLE} reads labels of 0 and 1; "${label.name}" has ${k} ${k === 1 ? 'class' : 'classes'}.`,
      k > 2
        ? 'It answers one question with yes or no; one of several classes needs a probability for each.'
        : 'With a single class there is nothing to tell apart.',
      k > 2
        ? [
            {
              label: 'Replace with SparseCategoricalCrossentropy',
              kind: 'replace',
              type: 'SparseCategoricalCrossentropy',
            },
          ]
        : [],
    );
  }
  const { min, max } = label;
  if (min === null || max === null || (min >= 0 && max <= 1)) return null;
  return lossFinding(
    'data/labels-not-01',
    'warning',
    'labels',
    `${TITLE} reads labels of 0 and 1; "${label.name}" runs from ${min} to ${max}.`,
    'The formula holds for 0 (no) and 1 (yes) only; with other labels the loss has no smallest value.',
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

export const binaryCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'Binary cross-entropy',
  category: 'Loss',
  search: [
    'binary crossentropy',
    'log loss',
    'logistic',
    'two classes',
    'yes no',
    'multi-label',
    'sigmoid loss',
  ],
  summary: 'How surprised the network is by a yes or no.',
  help: [
    '`−y · log p − (1 − y) · log(1 − p)`, averaged over outputs and samples. Guessing gives log 2 = 0.69.',
    'Shapes: prediction `[batch, 1]` and one label of 0 or 1 per sample; or several independent yes-or-no questions, one per output. With `from_logits` off the prediction must be probabilities (Sigmoid); with it on, the values before a Sigmoid.',
    'Typical mistakes: labels 1 and 2 instead of 0 and 1; Softmax on a single unit, which is always 1; one of several classes, where CategoricalCrossentropy is meant.',
  ].join('\n\n'),
  source: 'Keras documentation, BinaryCrossentropy loss; Michelucci, Applied Deep Learning (2018), chapter 2',
  parameters: crossentropyParameters,
  ports: () => lossPorts,
  caption: ({ from_logits }) => (from_logits ? 'from logits' : 'labels 0 and 1'),
  behaviour: {
    kind: 'loss',
    labels: 'binary',
    task: 'binary',
    predictionMeans: ({ from_logits }) => (from_logits ? 'logits' : 'probabilities'),
    check(prediction, label) {
      if (label.dtype === 'string') return [textLabel(label)];
      const labels = notZeroOne(label);
      if (labels?.severity === 'error') return [labels];
      const reason =
        label.encoding === 'one-hot'
          ? `"${label.name}" asks ${labelShape(label).join(' × ')} questions per sample.`
          : `"${label.name}" is one yes or no per sample, so one probability is enough.`;
      return [...(labels ? [labels] : []), ...wrongShape(TITLE, prediction, labelShape(label), reason)];
    },
    keras: ({ from_logits, label_smoothing }) => ({
      class_name: TITLE,
      config: { from_logits, label_smoothing, axis: -1 },
    }),
  },
});
