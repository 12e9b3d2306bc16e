/** CategoricalFocalCrossentropy: one of several classes, with an eye on the hard samples. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkOneHot } from './loss-labels';
import { focalParameters } from './loss-parameters';

const TITLE = 'CategoricalFocalCrossentropy';

export const categoricalFocalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'CategoricalFocalCrossentropy',
  category: 'Loss',
  search: [
    'categorical focal loss',
    'focal loss',
    'imbalanced',
    'hard samples',
    'categorical crossentropy',
    'one-hot',
    'rare class',
  ],
  summary: 'A cross-entropy of classes that passes over what is already answered well.',
  help: [
    '`−alpha · (1 − p)^gamma · log p` of the true class, averaged over the samples. A sample whose class was given 0.9 counts a hundredth at `gamma` 2.',
    'Shapes: prediction `[batch, classes]`, labels one-hot of the same width. With `from_logits` off the prediction must be probabilities (Softmax); with it on, the values before a Softmax.',
    'Typical mistakes: labels with errors, on which the loss then looks most of all; expecting `alpha` to balance classes: here it is one factor for all of them, so weigh classes in the Train block.',
  ].join('\n\n'),
  source:
    'Keras documentation, CategoricalFocalCrossentropy loss; Lin et al., Focal loss for dense object detection (2017)',
  parameters: focalParameters,
  ports: () => lossPorts,
  caption: ({ gamma }) => `gamma ${gamma}`,
  behaviour: {
    kind: 'loss',
    labels: 'one-hot',
    task: 'classification',
    predictionMeans: ({ from_logits }) => (from_logits ? 'logits' : 'probabilities'),
    reads: ({ from_logits }) => (from_logits ? 'logits' : 'softmax'),
    check: checkOneHot(TITLE, 'SparseCategoricalCrossentropy'),
    keras: ({ alpha, gamma, from_logits, label_smoothing }) => ({
      class_name: TITLE,
      config: { alpha, gamma, from_logits, label_smoothing, axis: -1 },
    }),
  },
});
