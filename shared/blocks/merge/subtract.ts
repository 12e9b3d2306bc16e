/** Subtract: the difference of two tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';
import { onlyTwo } from './needs-two';

const WHY = 'The values are subtracted one by one, so each needs a partner at the same place.';

export const subtract = defineBlock({
  type: 'Subtract',
  version: 1,
  title: 'Subtract',
  category: 'Merge',
  search: ['difference', 'minus', 'residual', 'siamese'],
  summary: 'Subtracts the second of two tensors from the first.',
  help: [
    '`a − b`, place by place.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'The wire that was drawn first brings what is subtracted from. Between two networks that share a task it measures how much they differ.',
    'Typical mistake: wires in the wrong order, which changes the sign of everything. Delete the first wire and draw it again to swap them.',
  ].join('\n\n'),
  source: 'Keras documentation, Subtract layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => (inputs.length > 2 ? onlyTwo('Subtract', inputs) : alike('Subtract', WHY, inputs)),
    keras: () => ({ class_name: 'Subtract', config: {} }),
    activation: () => null,
  },
});
