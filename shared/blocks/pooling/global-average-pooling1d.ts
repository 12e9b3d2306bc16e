/** GlobalAveragePooling1D: one mean per channel of a sequence. */
import { noSequence } from '../convolution/sequence';
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';

export const globalAveragePooling1d = defineBlock({
  type: 'GlobalAveragePooling1D',
  version: 1,
  title: 'GlobalAveragePooling1D',
  category: 'Pooling',
  search: ['global pool', 'mean of the sequence', 'average the sequence', 'bag of words'],
  summary: 'Replaces each channel by its average over all steps of a sequence.',
  help: [
    'Shapes: `[batch, 96, 32]` → `[batch, 32]`. There are no weights.',
    'It makes one row of features of a sequence of any length, for the Dense layers at the end.',
    'Typical mistake: using it where the order tells something. The mean is the same for a sequence and its reverse.',
  ].join('\n\n'),
  source: 'Keras documentation, GlobalAveragePooling1D layer',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) =>
      noSequence('GlobalAveragePooling1D', input) ?? weightless([input.shape[0], input.shape[2]]),
    keras: () => ({
      class_name: 'GlobalAveragePooling1D',
      config: { data_format: 'channels_last', keepdims: false },
    }),
    activation: () => null,
  },
});
