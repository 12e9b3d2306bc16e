/** BinaryCrossentropy: yes or no. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkYesOrNo } from './loss-labels';
import { crossentropyConfig, crossentropyParameters } from './loss-parameters';

const TITLE = 'BinaryCrossentropy';

export const binaryCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'BinaryCrossentropy',
  category: 'Loss',
  search: [
    'binary cross-entropy',
    'binary crossentropy',
    'log loss',
    'logistic',
    'two classes',
    'yes no',
    'multi-label',
    'sigmoid loss',
    'naive',
  ],
  summary: 'How surprised the network is by a yes or no.',
  help: [
    '`−y · log p − (1 − y) · log(1 − p)`, averaged over outputs and samples. Guessing gives log 2 = 0.69.',
    'Shapes: prediction `[batch, 1]` and one label of 0 or 1 per sample; or several independent yes-or-no questions, one per output or per place of a map. With `from_logits` off the prediction must be probabilities (Sigmoid); with it on, the values before a Sigmoid.',
    'With `clip` off the logarithm is the bare one of the formula. It is there to see why a training can stop with NaN: a sigmoid of 17 is rounded to 1, and log(1 − 1) has no value.',
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
    reads: ({ from_logits }) => (from_logits ? 'logits' : 'sigmoid'),
    check: checkYesOrNo(TITLE),
    keras: ({ from_logits, label_smoothing, clip }) =>
      crossentropyConfig(TITLE, { from_logits, label_smoothing, axis: -1 }, clip),
  },
});
