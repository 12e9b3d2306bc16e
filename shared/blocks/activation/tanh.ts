/** Tanh: squeezes every value between −1 and 1. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { plainActivation } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const tanh = defineBlock({
  type: 'Tanh',
  version: 1,
  title: 'Tanh',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.tanh.words, 'activation', 'non-linear'],
  summary: 'Squeezes every value between −1 and 1.',
  help: [
    '`(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`. Like Sigmoid, but centred at 0, which suits hidden layers better.',
    'The shape does not change and there are no weights.',
    'Typical mistake: tanh at the end of a network whose targets lie between 0 and 1: half of its range is wasted. Use Sigmoid there.',
  ].join('\n\n'),
  source: 'Keras documentation, tanh activation; LeCun et al., Efficient BackProp (1998)',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: plainActivation('tanh'),
});
