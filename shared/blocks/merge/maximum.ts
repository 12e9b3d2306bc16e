/** Maximum: the largest of several tensors, value by value. */
import { valueByValue } from './value-by-value';

export const maximum = valueByValue('Maximum', {
  search: ['max', 'maxout', 'elementwise maximum'],
  summary: 'Keeps the largest of several tensors, value by value.',
  why: 'The values are compared one by one, so each needs a partner at the same place.',
  formula: '`max(a, b, …)`, place by place.',
  help: [
    'Over several Dense layers of the same width it is a maxout layer, an activation that is learned.',
    'Typical mistake: expecting one number per sample. It compares the inputs with each other; within a map pooling does that.',
  ],
  source: 'Goodfellow et al., Maxout networks (2013); Keras documentation, Maximum layer',
});
