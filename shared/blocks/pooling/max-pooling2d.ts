/** MaxPooling2D: the largest value of each window. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { inferPool, poolCaption, poolConfig, poolParameters } from './pool';

export const maxPooling2d = defineBlock({
  type: 'MaxPooling2D',
  version: 1,
  title: 'MaxPooling2D',
  category: 'Pooling',
  search: ['max pool', 'subsampling', 'downsample', 'shrink', 'maxpool'],
  summary: 'Makes a picture smaller by keeping the largest value of each window.',
  help: [
    'Shapes: `[batch, 26, 26, 32]` with a pool of 2 × 2 → `[batch, 13, 13, 32]`. Each channel is treated on its own; there are no weights.',
    'It says *that* a pattern was found near a place, no longer exactly where. That makes the network less sensitive to small shifts and the next layers cheaper.',
    'Typical mistake: a size that the pool does not divide. With padding `valid` the last row and column are then never looked at.',
  ].join('\n\n'),
  source:
    'Keras documentation, MaxPooling2D layer; Gulli and Pal, Deep Learning with Keras (2017), chapter 3',
  parameters: poolParameters,
  ports: () => layerPorts,
  caption: poolCaption,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], values) => inferPool('MaxPooling2D', input, values),
    keras: (values) => ({ class_name: 'MaxPooling2D', config: poolConfig(values) }),
    activation: () => null,
  },
});
