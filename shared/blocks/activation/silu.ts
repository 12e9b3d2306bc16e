/** SiLU (swish): x times sigmoid(x). */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { plainActivation } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const silu = defineBlock({
  type: 'SiLU',
  version: 1,
  title: 'SiLU',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.silu.words, 'activation', 'non-linear'],
  summary: 'A smooth ReLU that dips slightly below zero; also called swish.',
  help: [
    '`x · sigmoid(x)`. Close to ReLU for large values, but smooth and with a gradient below zero; used in newer networks for pictures.',
    'The shape does not change and there are no weights.',
    'Typical mistake: looking for it under its other name. Swish and SiLU are the same function.',
  ].join('\n\n'),
  source:
    'Elfwing, Uchibe and Doya, Sigmoid-weighted linear units (2018); Ramachandran, Zoph and Le, Searching for activation functions (2017)',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: plainActivation('silu'),
});
