/** Linear: every value as it is. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { plainActivation } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const linear = defineBlock({
  type: 'Linear',
  version: 1,
  title: 'Linear',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.linear.words, 'activation'],
  summary: 'Leaves every value as it is.',
  help: [
    '`x`. It does nothing, and so it is a place holder: what is wired through it can later be given another activation.',
    'The shape does not change and there are no weights.',
    'Typical mistake: Linear between two Dense layers, which together can do no more than one.',
  ].join('\n\n'),
  formula: 'y = x',
  source: 'Keras documentation, linear activation',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: plainActivation('linear'),
});
