/** SquaredHinge: the hinge loss without a kink. */
import { hingeLoss } from './hinge-loss';

export const squaredHinge = hingeLoss({
  type: 'SquaredHinge',
  title: 'SquaredHinge',
  search: ['squared hinge', 'svm', 'support vector machine', 'l2 svm', 'maximum margin', 'yes no'],
  summary: 'Yes or no with a safety margin; far on the wrong side costs much more.',
  help: [
    '`max(0, 1 − y · score)²`, averaged over outputs and samples: the hinge loss squared, smooth at the margin and harder on gross errors.',
  ],
  source:
    'Keras documentation, SquaredHinge loss; Tang, Deep learning using linear support vector machines (2013)',
  caption: 'labels −1 and 1',
});
