/** ElementwiseCrossentropy: binary cross-entropy of every class probability after a softmax. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkOneHot } from './loss-labels';
import { crossentropyConfig, crossentropyParameters, lossParameters } from './loss-parameters';

const { label_smoothing, clip } = crossentropyParameters;

export const elementwiseCrossentropy = defineBlock({
  type: 'ElementwiseCrossentropy',
  version: 1,
  title: 'ElementwiseCrossentropy',
  category: 'Loss',
  search: [
    'cross-entropy per class',
    'elementwise',
    'element-wise',
    'michelucci',
    'binary crossentropy of softmax',
    'naive',
    'one-hot',
  ],
  summary: 'Asks of every class probability of a softmax whether it is right, yes or no.',
  help: [
    '`−y · log p − (1 − y) · log(1 − p)` for every class, averaged over classes and samples. Michelucci’s networks for several classes learn by it (chapters 3, 4 and 7). Guessing among ten classes gives 0.325, where the cross-entropy of the true class gives 2.30.',
    'Shapes: prediction `[batch, classes]` after a Softmax, labels one-hot of the same width. It is the formula of BinaryCrossentropy on the probabilities of a Softmax; Keras itself, given the two in a row, takes the values before the Softmax for those before a Sigmoid.',
    'With `clip` off the logarithm is the bare one of the book, and a probability that is rounded to 0 or 1 makes the loss undefined.',
    'Typical mistake: comparing its figures with those of CategoricalCrossentropy; they are about k times smaller for k classes, and so are the steps at the same learning rate.',
  ].join('\n\n'),
  source:
    'Michelucci, Applied Deep Learning (2018), chapters 3 and 4; Keras documentation, BinaryCrossentropy loss',
  parameters: { label_smoothing, clip, ...lossParameters },
  ports: () => lossPorts,
  caption: () => 'one-hot labels',
  behaviour: {
    kind: 'loss',
    labels: 'one-hot',
    task: 'classification',
    predictionMeans: () => 'probabilities',
    reads: () => 'softmax',
    check: checkOneHot('ElementwiseCrossentropy', 'SparseCategoricalCrossentropy'),
    keras: (values) =>
      crossentropyConfig(
        'BinaryCrossentropy',
        { from_logits: false, label_smoothing: values.label_smoothing, axis: -1 },
        values.clip,
      ),
  },
});
