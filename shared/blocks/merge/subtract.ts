/** Subtract: the difference of two tensors, value by value. */
import { defineBlock } from '../block';
import { pairPorts } from '../ports';
import { alike } from './alike';
import { ALIKE_SHAPES } from './value-by-value';

const WHY = 'The values are subtracted one by one, so each needs a partner at the same place.';

export const subtract = defineBlock({
  type: 'Subtract',
  version: 2,
  title: 'Subtract',
  category: 'Merge',
  search: ['difference', 'minus', 'residual', 'siamese'],
  summary: 'Subtracts the second of two tensors from the first.',
  help: [
    '`a − b`, place by place.',
    ALIKE_SHAPES,
    '`first − second`: two ports, so that it can be seen what is subtracted from what. Between two networks that share a task it measures how much they differ.',
    'Typical mistake: the two wires swapped, which changes the sign of everything.',
  ].join('\n\n'),
  source: 'Keras documentation, Subtract layer',
  parameters: {},
  ports: () => pairPorts(),
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Subtract', WHY, inputs, 'second'),
    keras: () => ({ class_name: 'Subtract', config: {} }),
    activation: () => null,
  },
});
