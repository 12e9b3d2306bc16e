/** Add: the sum of several tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';

const WHY = 'The values are added one by one, so each needs a partner at the same place.';

export const add = defineBlock({
  type: 'Add',
  version: 1,
  title: 'Add',
  category: 'Merge',
  search: ['sum', 'plus', 'residual', 'skip connection', 'shortcut', 'resnet'],
  summary: 'Adds several tensors value by value.',
  help: [
    '`a + b`, place by place, and so on for further inputs.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'With one path around some layers and one through them it makes a residual connection: the layers only learn what is to be changed, and gradients have a short way back.',
    'Typical mistake: a convolution with padding `valid` or another number of filters on one of the paths, so that the shapes no longer agree.',
  ].join('\n\n'),
  source: 'He et al., Deep residual learning for image recognition (2016); Keras documentation, Add layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Add', WHY, inputs),
    keras: () => ({ class_name: 'Add', config: {} }),
    activation: () => null,
  },
});
