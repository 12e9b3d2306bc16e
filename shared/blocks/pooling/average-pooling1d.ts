/** AveragePooling1D: the mean of each window along a sequence. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { inferPool1d, pool1dCaption, pool1dConfig, pool1dParameters } from './pool1d';

export const averagePooling1d = defineBlock({
  type: 'AveragePooling1D',
  version: 1,
  title: 'AveragePooling1D',
  category: 'Pooling',
  search: ['average pool', 'mean pool', 'sequence', 'downsample', 'moving average', 'time series'],
  summary: 'Makes a sequence shorter by averaging each window.',
  help: [
    'Shapes: `[batch, 96, 32]` with a pool of 2 → `[batch, 48, 32]`. Each channel is treated on its own; there are no weights. With padding `same` only steps inside the sequence are averaged.',
    'With strides of 1 it is a moving average, which smooths.',
    'Typical mistake: a length that the pool does not divide. With padding `valid` the last steps are then never looked at.',
  ].join('\n\n'),
  source: 'Keras documentation, AveragePooling1D layer',
  parameters: pool1dParameters,
  ports: () => layerPorts,
  caption: pool1dCaption,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], values) => inferPool1d('AveragePooling1D', input, values),
    keras: (values) => ({ class_name: 'AveragePooling1D', config: pool1dConfig(values) }),
    activation: () => null,
  },
});
