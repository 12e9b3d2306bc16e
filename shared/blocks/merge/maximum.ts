/** Maximum: the largest of several tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';

const WHY = 'The values are compared one by one, so each needs a partner at the same place.';

export const maximum = defineBlock({
  type: 'Maximum',
  version: 1,
  title: 'Maximum',
  category: 'Merge',
  search: ['max', 'maxout', 'elementwise maximum'],
  summary: 'Keeps the largest of several tensors, value by value.',
  help: [
    '`max(a, b, …)`, place by place.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'Over several Dense layers of the same width it is a maxout layer, an activation that is learned.',
    'Typical mistake: expecting one number per sample. It compares the inputs with each other; within a map pooling does that.',
  ].join('\n\n'),
  source: 'Goodfellow et al., Maxout networks (2013); Keras documentation, Maximum layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Maximum', WHY, inputs),
    keras: () => ({ class_name: 'Maximum', config: {} }),
    activation: () => null,
  },
});
