/** GLU: one half of the last axis opens or closes the other. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { refuse, weightless } from '../inference';
import { layerPorts } from '../ports';

export const glu = defineBlock({
  type: 'GLU',
  version: 1,
  title: 'GLU',
  category: 'Activation',
  search: ['gated linear unit', 'gate', 'activation', 'non-linear'],
  summary: 'Cuts the last axis in two halves and lets the sigmoid of the second scale the first.',
  help: [
    '`a · sigmoid(b)`, with a the first half of the last axis and b the second: a layer before it can learn which of its values may pass. The path through a is linear, so that gradients pass deep networks.',
    'Shapes: `[batch, …, 2n]` → `[batch, …, n]`. There are no weights.',
    'Typical mistake: as many units in the layer before as are wanted after it. It needs twice as many.',
  ].join('\n\n'),
  source:
    'Dauphin, Fan, Auli and Grangier, Language modeling with gated convolutional networks (2017); Keras documentation, glu activation',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([{ shape, from }]) {
      const size = shape[shape.length - 1];
      if (shape.length < 2 || size === null || size % 2 !== 0)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `GLU cuts the last axis in two halves, but that of ${shapeText(shape)} from ${from} is not an even number.`,
          why: 'Each value needs a partner that opens or closes it.',
          fixes: size === null ? [] : [{ kind: 'set-width', port: 'input', width: size + 1 }],
        });
      return weightless([...shape.slice(0, -1), size / 2]);
    },
    keras: () => ({ class_name: 'GLU', registered_name: 'axonry>GLU', config: {} }),
    activation: () => 'glu',
  },
});
