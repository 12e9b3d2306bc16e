/** CategoricalHinge: one of several classes with a safety margin. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkOneHot } from './loss-labels';
import { lossParameters } from './loss-parameters';

const TITLE = 'CategoricalHinge';

export const categoricalHinge = defineBlock({
  type: TITLE,
  version: 1,
  title: 'CategoricalHinge',
  category: 'Loss',
  search: [
    'categorical hinge',
    'svm',
    'support vector machine',
    'multi-class hinge',
    'maximum margin',
    'one-hot',
    'classes',
  ],
  summary: 'The score of the true class must lead all others by a margin of 1.',
  help: [
    '`max(0, 1 + largest score of the others − score of the true class)`, averaged over the samples. Once the true class leads by 1 a sample costs nothing and teaches nothing.',
    'Shapes: prediction `[batch, classes]` of scores without bounds, labels one-hot of the same width. Shown probabilities are a softmax of the scores and not calibrated. As in Keras the true class itself stands among “the others” with a score of 0.',
    'Typical mistake: a Softmax at the end: probabilities differ by at most 1, so that the margin is never reached.',
  ].join('\n\n'),
  source:
    'Keras documentation, CategoricalHinge loss; Crammer and Singer, On the algorithmic implementation of multiclass kernel-based vector machines (2001)',
  parameters: lossParameters,
  ports: () => lossPorts,
  caption: () => 'one-hot labels',
  behaviour: {
    kind: 'loss',
    labels: 'one-hot',
    task: 'classification',
    predictionMeans: () => 'scores',
    reads: () => 'scores',
    check: checkOneHot(TITLE, 'SparseCategoricalCrossentropy'),
    keras: () => ({ class_name: TITLE, config: {} }),
  },
});
