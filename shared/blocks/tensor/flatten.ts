/** Flatten: lays all values of a sample in one row. */
import { valuesPerSample } from '../../compiler/shape';
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';

export const flatten = defineBlock({
  type: 'Flatten',
  version: 1,
  title: 'Flatten',
  category: 'Tensor',
  search: ['vector', 'ravel', 'unroll', 'view'],
  summary: 'Lays all values of a sample in one row.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` → `[batch, 3136]`. No value changes; rows of the map follow each other, channels last.',
    'It stands between convolutions and Dense layers. A Dense layer after it has one weight per value and unit, which is often most of the network; GlobalAveragePooling2D in its place needs far fewer.',
    'Typical mistake: flattening a picture at the start. The network then no longer knows which pixels are neighbours.',
  ].join('\n\n'),
  formula: 'y[i] = the i-th value of x, row by row',
  source: 'Keras documentation, Flatten layer',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless([input.shape[0] ?? null, valuesPerSample(input.shape)]),
    keras: () => ({ class_name: 'Flatten', config: { data_format: 'channels_last' } }),
    activation: () => null,
  },
});
