/** LeakyReLU: a small slope below zero. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { activationLayer } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const leakyRelu = defineBlock({
  type: 'LeakyReLU',
  version: 1,
  title: 'LeakyReLU',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.leaky_relu.words, 'activation', 'dead units', 'non-linear'],
  summary: 'Keeps positive values and makes negative ones small, so that no unit dies.',
  help: [
    '`x` above 0, `negative_slope · x` below. Unlike ReLU it always has a gradient, so a unit whose values are all negative can still learn.',
    'The shape does not change and there are no weights.',
    'Typical mistake: comparing with other programs. The slope of this block is 0.3 by default, that of the parameter `leaky_relu` 0.2, and other libraries use 0.01.',
  ].join('\n\n'),
  source:
    'Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models (2013); Keras documentation, LeakyReLU layer',
  parameters: {
    negative_slope: { kind: 'number', default: 0.3, min: 0, help: 'Slope for negative values.' },
  },
  ports: () => layerPorts,
  caption: ({ negative_slope }) => `slope ${negative_slope}`,
  behaviour: activationLayer('leaky_relu', ({ negative_slope }: { negative_slope: number }) => ({
    class_name: 'LeakyReLU',
    config: { negative_slope },
  })),
});
