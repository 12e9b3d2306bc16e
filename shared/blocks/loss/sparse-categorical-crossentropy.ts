/** SparseCategoricalCrossentropy: one of several classes, labels as class numbers. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { lossFinding, notClasses, sparseParameters, textLabel, wrongShape } from './loss-labels';

const TITLE = 'SparseCategoricalCrossentropy';

export const sparseCategoricalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'Sparse cross-entropy',
  category: 'Loss',
  search: [
    'sparse categorical crossentropy',
    'log loss',
    'negative log likelihood',
    'nll',
    'classes',
    'class numbers',
    'integer labels',
  ],
  summary: 'How surprised the network is by the true class, for labels that are class numbers.',
  help: [
    '`−log p` of the true class, averaged over the samples. The same loss as CategoricalCrossentropy, but the labels are class numbers 0, 1, 2 … and need no OneHot.',
    'Shapes: prediction `[batch, classes]`, labels one whole number per sample. With `from_logits` off the prediction must be probabilities (Softmax); with it on, the values before a Softmax.',
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
    check(prediction, label) {
      if (label.dtype === 'string') return [textLabel(label)];
      if (!label.classes) return [notClasses(TITLE, label)];
      if (label.encoding === 'one-hot')
        return [
          lossFinding(
            'loss/pairing',
            'error',
            'labels',
            `${TITLE} reads class numbers; "${label.name}" is one-hot with ${label.classes.length} classes.`,
            'The sparse form looks up one probability by its number; one-hot labels go to CategoricalCrossentropy.',
            [
              {
                label: 'Replace with CategoricalCrossentropy',
                kind: 'replace',
                type: 'CategoricalCrossentropy',
              },
            ],
          ),
        ];
      const reason = `"${label.name}" has ${label.classes.length} classes, and each needs an output.`;
      return wrongShape(TITLE, prediction, [label.classes.length], reason);
    },
    keras: ({ from_logits }) => ({
      class_name: TITLE,
      config: { from_logits, ignore_class: null, axis: -1 },
    }),
  },
});
