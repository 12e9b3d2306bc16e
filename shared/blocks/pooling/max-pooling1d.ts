/** MaxPooling1D: the largest value of each window along a sequence. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { inferPool1d, pool1dCaption, pool1dConfig, pool1dParameters } from './pool1d';

export const maxPooling1d = defineBlock({
  type: 'MaxPooling1D',
  version: 1,
  title: 'MaxPooling1D',
  category: 'Pooling',
  search: ['max pool', 'sequence', 'downsample', 'subsampling', 'time series'],
  summary: 'Makes a sequence shorter by keeping the largest value of each window.',
  help: [
    'Shapes: `[batch, 96, 32]` with a pool of 2 → `[batch, 48, 32]`. Each channel is treated on its own; there are no weights.',
    'It says that a pattern was found near a time, no longer exactly when.',
    'Typical mistake: a length that the pool does not divide. With padding `valid` the last steps are then never looked at.',
  ].join('\n\n'),
  source: 'Keras documentation, MaxPooling1D layer',
  parameters: pool1dParameters,
  ports: () => layerPorts,
  caption: pool1dCaption,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], values) => inferPool1d('MaxPooling1D', input, values),
    keras: (values) => ({ class_name: 'MaxPooling1D', config: pool1dConfig(values) }),
    activation: () => null,
  },
});
