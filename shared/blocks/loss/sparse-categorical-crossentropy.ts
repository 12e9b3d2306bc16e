/** SparseCategoricalCrossentropy: one of several classes, labels as class numbers. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkClassNumbers } from './loss-labels';
import { crossentropyConfig, sparseParameters } from './loss-parameters';

const TITLE = 'SparseCategoricalCrossentropy';

export const sparseCategoricalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'SparseCategoricalCrossentropy',
  category: 'Loss',
  search: [
    'sparse cross-entropy',
    'sparse categorical crossentropy',
    'log loss',
    'negative log likelihood',
    'nll',
    'classes',
    'class numbers',
    'integer labels',
    'naive',
  ],
  summary: 'How surprised the network is by the true class, for labels that are class numbers.',
  help: [
    '`−log p` of the true class, averaged over the samples. The same loss as CategoricalCrossentropy, but the labels are class numbers 0, 1, 2 … and need no OneHot.',
    'Shapes: prediction `[batch, classes]`, labels one whole number per sample; or a map `[batch, height, width, classes]` with one number for each place. With `from_logits` off the prediction must be probabilities (Softmax); with it on, the values before a Softmax.',
    'Typical mistakes: labels that are one-hot already; fewer outputs than classes.',
  ].join('\n\n'),
  source: 'Keras documentation, SparseCategoricalCrossentropy loss',
  parameters: sparseParameters,
  ports: () => lossPorts,
  caption: ({ from_logits }) => (from_logits ? 'from logits' : 'class numbers'),
  behaviour: {
    kind: 'loss',
    labels: 'index',
    task: 'classification',
    predictionMeans: ({ from_logits }) => (from_logits ? 'logits' : 'probabilities'),
    reads: ({ from_logits }) => (from_logits ? 'logits' : 'softmax'),
    check: checkClassNumbers(TITLE, 'CategoricalCrossentropy'),
    keras: ({ from_logits, clip }) =>
      crossentropyConfig(TITLE, { from_logits, ignore_class: null, axis: -1 }, clip),
  },
});
