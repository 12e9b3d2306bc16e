/** Minimum: the smallest of several tensors, value by value. */
import { valueByValue } from './value-by-value';

export const minimum = valueByValue('Minimum', {
  search: ['min', 'elementwise minimum', 'and'],
  summary: 'Keeps the smallest of several tensors, value by value.',
  why: 'The values are compared one by one, so each needs a partner at the same place.',
  formula: '`min(a, b, …)`, place by place.',
  help: [
    'On probabilities it is a strict "and": the result is only as large as the least certain of them.',
    'Typical mistake: expecting one number per sample. It compares the inputs with each other.',
  ],
  source: 'Keras documentation, Minimum layer',
});
