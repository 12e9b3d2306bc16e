/** Average: the mean of several tensors, value by value. */
import { valueByValue } from './value-by-value';

export const average = valueByValue('Average', {
  search: ['mean', 'ensemble', 'vote'],
  summary: 'Averages several tensors value by value.',
  why: 'The mean is taken value by value, so each needs a partner at the same place.',
  formula: '`(a + b + …) / n`, place by place.',
  help: [
    'At the end of several networks with the same task it makes an ensemble: the mean of their probabilities is often better than each of them.',
    'Typical mistake: averaging probabilities with logits. Put the Softmax before it on every path, or once after it.',
  ],
  source: 'Keras documentation, Average layer',
});
