/** Hinge: the loss of support vector machines. */
import { hingeLoss } from './hinge-loss';

export const hinge = hingeLoss({
  type: 'Hinge',
  title: 'Hinge',
  search: ['svm', 'support vector machine', 'maximum margin', 'yes no', 'perceptron'],
  summary: 'Yes or no with a safety margin, as a support vector machine learns it.',
  help: [
    '`max(0, 1 − y · score)`, averaged over outputs and samples. A sample on the right side of the border and at least 1 away from it costs nothing, so only samples near the border decide where it runs.',
  ],
  source:
    'Keras documentation, Hinge loss; Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 1, for the support vector machine',
  caption: 'labels −1 and 1',
});
