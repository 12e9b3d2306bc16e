/** Sigmoid: squeezes every value between 0 and 1. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { plainActivation } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const sigmoid = defineBlock({
  type: 'Sigmoid',
  version: 1,
  title: 'Sigmoid',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.sigmoid.words, 'activation', 'non-linear'],
  summary: 'Squeezes every value between 0 and 1: a probability of yes.',
  help: [
    '`1 / (1 + e⁻ˣ)`. At the end of a network with one unit it gives the probability of class 1, before BinaryCrossentropy. With several units each answers its own yes-or-no question.',
    'The shape does not change and there are no weights.',
    'Typical mistakes: sigmoid between many hidden layers, where its flat ends make gradients vanish; and sigmoid for one of several classes, where Softmax is meant.',
  ].join('\n\n'),
  source: 'Keras documentation, sigmoid activation; Michelucci, Applied Deep Learning (2018), chapter 2',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: plainActivation('sigmoid'),
});
