/** Multiply: the product of several tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';

const WHY = 'The values are multiplied one by one, so each needs a partner at the same place.';

export const multiply = defineBlock({
  type: 'Multiply',
  version: 1,
  title: 'Multiply',
  category: 'Merge',
  search: ['product', 'times', 'gate', 'attention', 'squeeze excite', 'mask'],
  summary: 'Multiplies several tensors value by value.',
  help: [
    '`a · b`, place by place, and so on for further inputs.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'With one path that ends in a Sigmoid it is a gate: values near 0 shut, values near 1 let through. Squeeze-and-excitation weighs channels in this way, with a map of 1 × 1.',
    'Typical mistake: expecting a product of matrices. That is Dot.',
  ].join('\n\n'),
  source: 'Hu, Shen and Sun, Squeeze-and-excitation networks (2018); Keras documentation, Multiply layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Multiply', WHY, inputs),
    keras: () => ({ class_name: 'Multiply', config: {} }),
    activation: () => null,
  },
});
