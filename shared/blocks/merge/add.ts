/** Add: the sum of several tensors, value by value. */
import { valueByValue } from './value-by-value';

export const add = valueByValue('Add', {
  search: ['sum', 'plus', 'residual', 'skip connection', 'shortcut', 'resnet'],
  summary: 'Adds several tensors value by value.',
  why: 'The values are added one by one, so each needs a partner at the same place.',
  formula: '`a + b`, place by place, and so on for further inputs.',
  help: [
    'With one path around some layers and one through them it makes a residual connection: the layers only learn what is to be changed, and gradients have a short way back.',
    'Typical mistake: a convolution with padding `valid` or another number of filters on one of the paths, so that the shapes no longer agree.',
  ],
  source: 'He et al., Deep residual learning for image recognition (2016); Keras documentation, Add layer',
});
