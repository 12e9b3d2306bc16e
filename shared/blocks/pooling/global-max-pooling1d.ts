/** GlobalMaxPooling1D: one maximum per channel of a sequence. */
import { noSequence } from '../convolution/sequence';
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';

export const globalMaxPooling1d = defineBlock({
  type: 'GlobalMaxPooling1D',
  version: 1,
  title: 'GlobalMaxPooling1D',
  category: 'Pooling',
  search: ['global pool', 'max over time', 'maximum of the sequence'],
  summary: 'Replaces each channel by its largest value over all steps of a sequence.',
  help: [
    'Shapes: `[batch, 96, 32]` → `[batch, 32]`. There are no weights.',
    'After a Conv1D it answers for each pattern whether it occurs at any time.',
    'Typical mistake: using it where it matters how often a pattern occurs. Only the strongest answer is kept.',
  ].join('\n\n'),
  source:
    'Collobert et al., Natural language processing (almost) from scratch (2011); Keras documentation, GlobalMaxPooling1D layer',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input]) =>
      noSequence('GlobalMaxPooling1D', input) ?? weightless([input.shape[0], input.shape[2]]),
    keras: () => ({
      class_name: 'GlobalMaxPooling1D',
      config: { data_format: 'channels_last', keepdims: false },
    }),
    activation: () => null,
  },
});
