/** ELU: a smooth curve to −alpha below zero. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { activationLayer } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const elu = defineBlock({
  type: 'ELU',
  version: 1,
  title: 'ELU',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.elu.words, 'activation', 'non-linear'],
  summary: 'Keeps positive values and bends negative ones smoothly towards −alpha.',
  help: [
    '`x` above 0, `alpha · (eˣ − 1)` below. Negative outputs bring the mean of a layer near 0, which can speed up learning; the exponential makes it dearer than ReLU.',
    'The shape does not change and there are no weights.',
    'Typical mistake: expecting outputs of at least 0, as ReLU gives.',
  ].join('\n\n'),
  source:
    'Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by exponential linear units (2016)',
  parameters: {
    alpha: { kind: 'number', default: 1, min: 0, help: 'How far below zero the curve reaches.' },
  },
  ports: () => layerPorts,
  caption: ({ alpha }) => `alpha ${alpha}`,
  behaviour: activationLayer('elu', ({ alpha }: { alpha: number }) => ({
    class_name: 'ELU',
    config: { alpha },
  })),
});
