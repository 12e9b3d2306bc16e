/** UnitNormalization: every vector gets the length 1. */
import { defineBlock } from '../block';
import { axisIndex, noSuchAxis, sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';
import { axisParameter } from './normalized';

export const unitNormalization = defineBlock({
  type: 'UnitNormalization',
  version: 1,
  title: 'UnitNormalization',
  category: 'Normalization',
  search: ['l2 normalise', 'unit length', 'cosine', 'embedding'],
  summary: 'Divides each vector by its length, so that only its direction is left.',
  help: [
    '`x / √(Σx²)`, with the sum along one axis. The squares of the output sum to 1.',
    'The shape does not change and there are no weights. The Dot of two such vectors is the cosine of the angle between them.',
    'Typical mistake: using it for classes whose number of features tells something. How large a vector was is lost.',
  ].join('\n\n'),
  source: 'Keras documentation, UnitNormalization layer',
  parameters: {
    axis: axisParameter('The axis along which the length is taken; -1 is the last one.'),
  },
  ports: () => layerPorts,
  caption: ({ axis }) => (axis === -1 ? 'length 1' : `axis ${axis}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], { axis }) =>
      axisIndex(axis, input.shape) === null
        ? noSuchAxis('UnitNormalization', axis, input)
        : weightless(input.shape, 2 * sizePerSample(input.shape)),
    keras: ({ axis }) => ({ class_name: 'UnitNormalization', config: { axis } }),
    activation: () => null,
  },
});
