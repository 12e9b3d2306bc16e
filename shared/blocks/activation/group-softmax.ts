/** GroupSoftmax: a softmax within each group of neighbouring values. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { ownLayer, refuse, weightless } from '../inference';
import { layerPorts } from '../ports';

export const groupSoftmax = defineBlock({
  type: 'GroupSoftmax',
  version: 1,
  title: 'GroupSoftmax',
  category: 'Activation',
  search: ['softmax', 'several choices', 'ratings', 'visible units', 'activation', 'output'],
  summary: 'Turns each group of neighbouring numbers into probabilities that sum to 1.',
  help: [
    'The last axis is cut into groups of `size` values, and each becomes `eˣ` divided by the sum of `eˣ` over its group: several choices at once, as a rating from 1 to 5 for each of many films.',
    'The shape does not change and there are no weights. With 20 values and a size of 5 there are four groups.',
    'Typical mistake: a size that the last axis is no multiple of.',
  ].join('\n\n'),
  formula: 'yᵢ = eˣⁱ / Σ eˣʲ over the j of its group',
  source:
    'Salakhutdinov, Mnih and Hinton, Restricted Boltzmann machines for collaborative filtering (2007); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 5',
  parameters: {
    size: { kind: 'integer', default: 5, min: 1, max: 100_000, help: 'Number of values in a group.' },
  },
  ports: () => layerPorts,
  caption: ({ size }) => `groups of ${size}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], { size }) {
      const last = input.shape.at(-1) ?? null;
      if (last !== null && last % size === 0) return weightless(input.shape);
      return refuse({
        code: 'block/parameter',
        port: 'input',
        message: `GroupSoftmax makes groups of ${size}, but the last axis of ${shapeText(input.shape)} from ${input.from} is no multiple of it.`,
        why: 'Every value belongs to one group, and all groups are alike.',
        fixes:
          last === null
            ? []
            : [{ label: `Set size to ${last}`, kind: 'set-param', name: 'size', value: last }],
      });
    },
    keras: ({ size }) => ownLayer('GroupSoftmax', { size }),
    activation: () => 'group_softmax',
  },
});
