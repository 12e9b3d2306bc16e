/** Multiply: the product of several tensors, value by value. */
import { valueByValue } from './value-by-value';

export const multiply = valueByValue('Multiply', {
  search: ['product', 'times', 'gate', 'attention', 'squeeze excite', 'mask'],
  summary: 'Multiplies several tensors value by value.',
  why: 'The values are multiplied one by one, so each needs a partner at the same place.',
  formula: '`a · b`, place by place, and so on for further inputs.',
  help: [
    'With one path that ends in a Sigmoid it is a gate: values near 0 shut, values near 1 let through. Squeeze-and-excitation weighs channels in this way, with a map of 1 × 1.',
    'Typical mistake: expecting a product of matrices. That is Dot.',
  ],
  source: 'Hu, Shen and Sun, Squeeze-and-excitation networks (2018); Keras documentation, Multiply layer',
});
