/** BinaryFocalCrossentropy: yes or no, with an eye on the hard samples. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkYesOrNo } from './loss-labels';
import { focalParameters } from './loss-parameters';

const TITLE = 'BinaryFocalCrossentropy';

export const binaryFocalCrossentropy = defineBlock({
  type: TITLE,
  version: 1,
  title: 'BinaryFocalCrossentropy',
  category: 'Loss',
  search: [
    'binary focal loss',
    'focal loss',
    'imbalanced',
    'hard samples',
    'binary crossentropy',
    'object detection',
    'rare class',
  ],
  summary: 'A yes-or-no cross-entropy that passes over what is already answered well.',
  help: [
    'The binary cross-entropy times `(1 − p)^gamma`, where p is the probability that the right answer was given; averaged over outputs and samples. A sample that is answered with 0.9 counts a hundredth at `gamma` 2.',
    'With `apply_class_balancing` the class 1 is also multiplied by `alpha` and the class 0 by 1 − `alpha`.',
    'Shapes: prediction `[batch, 1]` and one label of 0 or 1 per sample, or several questions. With `from_logits` off the prediction must be probabilities (Sigmoid).',
    'Typical mistakes: labels with errors, on which the loss then looks most of all; comparing its figures with those of a cross-entropy, which are several times larger.',
  ].join('\n\n'),
  formula: '−(1 − p)^gamma · log p, where p is what was predicted for the true answer',
  source:
    'Keras documentation, BinaryFocalCrossentropy loss; Lin et al., Focal loss for dense object detection (2017)',
  parameters: {
    apply_class_balancing: {
      kind: 'boolean',
      default: false,
      help: 'Weighs the two classes by `alpha` and 1 − `alpha`; off, `alpha` does nothing.',
    },
    ...focalParameters,
  },
  ports: () => lossPorts,
  caption: ({ gamma }) => `gamma ${gamma}`,
  behaviour: {
    kind: 'loss',
    labels: 'binary',
    task: 'binary',
    predictionMeans: ({ from_logits }) => (from_logits ? 'logits' : 'probabilities'),
    reads: ({ from_logits }) => (from_logits ? 'logits' : 'sigmoid'),
    check: checkYesOrNo(TITLE),
    keras: ({ apply_class_balancing, alpha, gamma, from_logits, label_smoothing }) => ({
      class_name: TITLE,
      config: { apply_class_balancing, alpha, gamma, from_logits, label_smoothing, axis: -1 },
    }),
  },
});
