/** Minimum: the smallest of several tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';

const WHY = 'The values are compared one by one, so each needs a partner at the same place.';

export const minimum = defineBlock({
  type: 'Minimum',
  version: 1,
  title: 'Minimum',
  category: 'Merge',
  search: ['min', 'elementwise minimum', 'and'],
  summary: 'Keeps the smallest of several tensors, value by value.',
  help: [
    '`min(a, b, …)`, place by place.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'On probabilities it is a strict "and": the result is only as large as the least certain of them.',
    'Typical mistake: expecting one number per sample. It compares the inputs with each other.',
  ].join('\n\n'),
  source: 'Keras documentation, Minimum layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Minimum', WHY, inputs),
    keras: () => ({ class_name: 'Minimum', config: {} }),
    activation: () => null,
  },
});
