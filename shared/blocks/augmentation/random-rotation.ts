/** RandomRotation: each picture is turned by an angle of its own while training. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import {
  augmentationWords,
  augmenting,
  between,
  fillParameters,
  ONLY_IN_TRAINING,
  percentText,
  type Bounds,
  type Filling,
} from './augmented';

export const randomRotation = defineBlock({
  type: 'RandomRotation',
  version: 1,
  title: 'RandomRotation',
  category: 'Augmentation',
  search: [...augmentationWords, 'rotate', 'turn', 'angle'],
  summary: 'Turns every picture a little while training, each by another angle.',
  help: [
    `In training each picture is turned around its middle by \`factor · 360°\`, where the factor is drawn anew between the two bounds: 0.1 is 36°, positive is against the clock. ${ONLY_IN_TRAINING}`,
    'The shape `[batch, height, width, channels]` does not change and there are no weights.',
    'Typical mistake: turning too far. A 6 that is turned by 180° is a 9, and its label is still 6.',
  ].join('\n\n'),
  source: 'Keras documentation, RandomRotation layer; Simard, Steinkraus and Platt, Best practices for convolutional neural networks (2003)',
  parameters: {
    factor: between(-0.1, 0.1, 'Least and greatest turn, as a share of a full one.', { min: -1, max: 1 }),
    ...fillParameters,
  },
  ports: () => layerPorts,
  caption: ({ factor }) => percentText(factor),
  behaviour: augmenting<Filling & { factor: Bounds }>('RandomRotation', ({ factor, ...filling }) => ({
    class_name: 'RandomRotation',
    config: { factor: [...factor], ...filling, data_format: 'channels_last' },
  })),
}); // prettier-ignore
