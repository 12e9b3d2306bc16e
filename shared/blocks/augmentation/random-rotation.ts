/** RandomRotation: each picture is turned by an angle of its own while training. */
import { between, defineAugmentation, percentText, fillParameters } from './augmented';

export const randomRotation = defineAugmentation({
  type: 'RandomRotation',
  search: ['rotate', 'turn', 'angle'],
  summary: 'Turns every picture a little while training, each by another angle.',
  change: 'each picture is turned around its middle by `factor · 360°`, where the factor is drawn anew between the two bounds: 0.1 is 36°, positive is against the clock.',
  mistake: 'turning too far. A 6 that is turned by 180° is a 9, and its label is still 6.',
  formula: 'y[p] = x[middle + R · (p − middle)], where R turns by factor · 360°',
  source: 'Keras documentation, RandomRotation layer; Simard, Steinkraus and Platt, Best practices for convolutional neural networks (2003)',
  parameters: {
    factor: between(-0.1, 0.1, 'Least and greatest turn, as a share of a full one.', { min: -1, max: 1 }),
    ...fillParameters,
  },
  caption: ({ factor }) => percentText(factor),
  config: ({ factor, ...filling }) => ({ factor: [...factor], ...filling, data_format: 'channels_last' }),
}); // prettier-ignore
