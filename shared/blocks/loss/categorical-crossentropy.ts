/** CategoricalCrossentropy: one of several classes, one-hot labels. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkOneHot } from './loss-labels';
import { crossentropyConfig, crossentropyParameters } from './loss-parameters';

const TITLE = 'CategoricalCrossentropy';

export const categoricalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'CategoricalCrossentropy',
  category: 'Loss',
  search: [
    'cross-entropy',
    'categorical crossentropy',
    'log loss',
    'negative log likelihood',
    'nll',
    'classes',
    'one-hot',
    'softmax loss',
    'naive',
  ],
  summary: 'How surprised the network is by the true class, for one-hot labels.',
  help: [
    '`−Σ yᵢ · log pᵢ` per sample, averaged over the samples: with one-hot labels the negative logarithm of the probability that the true class was given. Guessing among k classes gives log k: 2.30 for ten.',
    'Shapes: prediction `[batch, classes]`, labels one-hot of the same width; or both as maps `[batch, height, width, classes]`, then averaged over the places too. With `from_logits` off the prediction must be probabilities (Softmax); with it on, the values before a Softmax.',
    'With `clip` off the logarithm is the bare one of the formula, which becomes infinite for a probability of 0, and undefined where its label is 0 too.',
    'Typical mistakes: labels that are class numbers (insert OneHot, or take SparseCategoricalCrossentropy); no Softmax with `from_logits` off; a Softmax with it on.',
  ].join('\n\n'),
  source:
    'Keras documentation, CategoricalCrossentropy loss; Szegedy et al., Rethinking the Inception architecture (2016), for label smoothing',
  parameters: crossentropyParameters,
  ports: () => lossPorts,
  caption: ({ from_logits }) => (from_logits ? 'from logits' : 'one-hot labels'),
  behaviour: {
    kind: 'loss',
    labels: 'one-hot',
    task: 'classification',
    predictionMeans: ({ from_logits }) => (from_logits ? 'logits' : 'probabilities'),
    reads: ({ from_logits }) => (from_logits ? 'logits' : 'softmax'),
    check: checkOneHot(TITLE, 'SparseCategoricalCrossentropy'),
    keras: ({ from_logits, label_smoothing, clip }) =>
      crossentropyConfig(TITLE, { from_logits, label_smoothing, axis: -1 }, clip),
  },
});
