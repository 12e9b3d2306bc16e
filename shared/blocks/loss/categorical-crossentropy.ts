/** CategoricalCrossentropy: one of several classes, one-hot labels. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import {
  crossentropyParameters,
  labelShape,
  lossFinding,
  notClasses,
  textLabel,
  wrongShape,
} from './loss-labels';

const TITLE = 'CategoricalCrossentropy';

export const categoricalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'Cross-entropy',
  category: 'Loss',
  search: [
    'categorical crossentropy',
    'log loss',
    'negative log likelihood',
    'nll',
    'classes',
    'one-hot',
    'softmax loss',
  ],
  summary: 'How surprised the network is by the true class, for one-hot labels.',
  help: [
    '`−Σ yᵢ · log pᵢ` per sample, averaged over the samples: with one-hot labels the negative logarithm of the probability that the true class was given. Guessing among k classes gives log k: 2.30 for ten.',
    'Shapes: prediction `[batch, classes]`, labels one-hot of the same width. With `from_logits` off the prediction must be probabilities (Softmax); with it on, the values before a Softmax.',
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
    check(prediction, label) {
      if (label.dtype === 'string') return [textLabel(label)];
      if (!label.classes) return [notClasses(TITLE, label)];
      if (label.encoding === 'index')
        return [
          lossFinding(
            'data/labels-not-one-hot',
            'error',
            'labels',
            `${TITLE} reads one-hot labels; "${label.name}" holds class numbers from 0 to ${label.classes.length - 1}.`,
            'It compares one probability per class with one number per class: 1 for the true class, 0 for the others.',
            [
              { label: 'Insert OneHot', kind: 'insert-before', type: 'OneHot', port: 'labels' },
              {
                label: 'Replace with SparseCategoricalCrossentropy',
                kind: 'replace',
                type: 'SparseCategoricalCrossentropy',
              },
            ],
          ),
        ];
      return wrongShape(
        TITLE,
        prediction,
        labelShape(label),
        `"${label.name}" has ${label.classes.length} classes.`,
      );
    },
    keras: ({ from_logits, label_smoothing }) => ({
      class_name: TITLE,
      config: { from_logits, label_smoothing, axis: -1 },
    }),
  },
});
