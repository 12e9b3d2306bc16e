/** ReLU: cuts values below zero. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { activationLayer } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const relu = defineBlock({
  type: 'ReLU',
  version: 1,
  title: 'ReLU',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.relu.words, 'activation', 'non-linear'],
  summary: 'Keeps positive values and sets negative ones to zero.',
  help: [
    '`max(0, x)`: the usual activation between hidden layers. Its slope is 1 for positive values, so that gradients pass deep networks without shrinking, and it costs next to nothing.',
    'The shape does not change and there are no weights.',
    'Typical mistakes: ReLU at the end of a network whose target can be negative; and a learning rate so high that a unit is never positive again (a dead unit), where LeakyReLU or ELU helps.',
  ].join('\n\n'),
  formula: 'y = max(0, x)',
  source:
    'Nair and Hinton, Rectified linear units improve restricted Boltzmann machines (2010); Keras documentation, ReLU layer',
  parameters: {
    negative_slope: {
      kind: 'number',
      default: 0,
      min: 0,
      help: 'Slope below the threshold; 0 cuts.',
      advanced: true,
    },
    threshold: {
      kind: 'number',
      default: 0,
      min: 0,
      help: 'Values below it count as negative.',
      advanced: true,
    },
  },
  ports: () => layerPorts,
  caption: () => '',
  behaviour: activationLayer(
    'relu',
    ({ negative_slope, threshold }: { negative_slope: number; threshold: number }) => ({
      class_name: 'ReLU',
      config: { max_value: null, negative_slope, threshold },
    }),
  ),
});
