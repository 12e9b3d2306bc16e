/** Average: the mean of several tensors, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { alike } from './alike';

const WHY = 'The mean is taken value by value, so each needs a partner at the same place.';

export const average = defineBlock({
  type: 'Average',
  version: 1,
  title: 'Average',
  category: 'Merge',
  search: ['mean', 'ensemble', 'vote'],
  summary: 'Averages several tensors value by value.',
  help: [
    '`(a + b + …) / n`, place by place.',
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'At the end of several networks with the same task it makes an ensemble: the mean of their probabilities is often better than each of them.',
    'Typical mistake: averaging probabilities with logits. Put the Softmax before it on every path, or once after it.',
  ].join('\n\n'),
  source: 'Keras documentation, Average layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => alike('Average', WHY, inputs),
    keras: () => ({ class_name: 'Average', config: {} }),
    activation: () => null,
  },
});
