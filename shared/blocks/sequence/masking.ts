/** Masking: steps that hold nothing but one value are passed over from here on. */
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';
import { noSteps } from './steps';

export const masking = defineBlock({
  type: 'Masking',
  version: 1,
  title: 'Masking',
  category: 'Sequence',
  search: ['mask', 'padding', 'skip steps', 'variable length', 'sequence'],
  summary: 'Marks steps that are only padding, so that later layers pass over them.',
  help: [
    'Sequences of unlike length are filled up with one value to be stored side by side. A step whose features are all `mask_value` is marked; recurrent layers then keep their state as it was, and averages over time leave it out.',
    'The shape does not change, and there are no weights. For words, `mask_zero` of Embedding does the same.',
    'Typical mistake: a layer in between that knows no masks, as Flatten or a convolution. From there on the padding counts like everything else.',
  ].join('\n\n'),
  formula: 'a step t counts where any x[t] ≠ mask_value',
  source: 'Keras documentation, Masking layer',
  parameters: {
    mask_value: { kind: 'number', default: 0, help: 'The value that padding is made of.' },
  },
  ports: () => layerPorts,
  caption: ({ mask_value }) => `skips ${mask_value}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input]) => noSteps('Masking', input) ?? weightless(input.shape),
    keras: ({ mask_value }) => ({ class_name: 'Masking', config: { mask_value } }),
    activation: () => null,
  },
});
