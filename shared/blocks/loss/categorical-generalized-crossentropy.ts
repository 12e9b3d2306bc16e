/** CategoricalGeneralizedCrossEntropy: one of several classes where some labels are wrong. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkClassNumbers } from './loss-labels';
import { lossParameters } from './loss-parameters';

const TITLE = 'CategoricalGeneralizedCrossEntropy';

export const categoricalGeneralizedCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'CategoricalGeneralizedCrossEntropy',
  category: 'Loss',
  search: [
    'robust cross-entropy',
    'generalized cross entropy',
    'gce',
    'noisy labels',
    'wrong labels',
    'robust',
    'class numbers',
  ],
  summary: 'Between cross-entropy and absolute error, so that wrong labels pull less.',
  help: [
    '`(1 − p^q) / q` with p the probability of the true class, averaged over the samples. Near `q` 0 it is the cross-entropy; at 1 it is the absolute error, for which no single sample can cost more than 1.',
    'Shapes: prediction `[batch, classes]` after a Softmax, labels one class number per sample.',
    'Typical mistakes: a `q` near 1 with many classes, which learns slowly because hopeless samples have almost no slope; labels that are one-hot.',
  ].join('\n\n'),
  source:
    'Keras documentation, CategoricalGeneralizedCrossEntropy loss; Zhang and Sabuncu, Generalized cross entropy loss for training deep neural networks with noisy labels (2018)',
  parameters: {
    q: {
      kind: 'number',
      default: 0.5,
      min: 0,
      max: 1,
      above: true,
      below: true,
      help: 'How robust: near 0 as the cross-entropy, near 1 as the absolute error.',
    },
    ...lossParameters,
  },
  ports: () => lossPorts,
  caption: ({ q }) => `q ${q}`,
  behaviour: {
    kind: 'loss',
    labels: 'index',
    task: 'classification',
    predictionMeans: () => 'probabilities',
    reads: () => 'softmax',
    check: checkClassNumbers(TITLE, 'CategoricalCrossentropy'),
    keras: ({ q }) => ({ class_name: TITLE, config: { q } }),
  },
});
