/** GroupNormalization: mean 0 and variance 1 within groups of channels of each sample. */
import { defineBlock, type InputShape } from '../block';
import { refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import {
  axisParameter,
  epsilonParameter,
  gammaAndBeta,
  lengthAlong,
  scaleAndShift,
  startOfGammaAndBeta,
} from './normalized';

const uneven = (groups: number, channels: number, input: InputShape) =>
  refuse({
    code: 'block/parameter',
    port: 'input',
    message: `GroupNormalization has ${groups} groups, into which the ${channels} channels from ${input.from} cannot be split evenly.`,
    why: 'All groups have the same number of channels; -1 makes a group of every channel.',
    fixes: [
      { label: 'Set groups to 1', kind: 'set-param', name: 'groups', value: 1 },
      { label: 'Set groups to -1', kind: 'set-param', name: 'groups', value: -1 },
    ],
  });

export const groupNormalization = defineBlock({
  type: 'GroupNormalization',
  version: 1,
  title: 'GroupNormalization',
  category: 'Normalization',
  search: ['group norm', 'groupnorm', 'gn', 'instance norm', 'instance normalisation', 'small batches'],
  summary: 'Brings groups of channels of each sample to mean 0 and variance 1, then scales and shifts them.',
  help: [
    'Computes `gamma · (x − mean) / √(variance + epsilon) + beta`, with mean and variance over the channels of a group and all their places, within one sample. The size of the batch plays no part.',
    'The shape does not change. It holds a gamma and a beta for each channel. With `groups` 1 all channels are one group; with −1 each channel is its own, which is called instance normalisation.',
    'Typical mistake: more groups than channels. The default of 32 is made for wide networks.',
  ].join('\n\n'),
  source: 'Wu and He, Group normalization (2018); Keras documentation, GroupNormalization layer',
  parameters: {
    groups: {
      kind: 'integer',
      default: 32,
      min: -1,
      help: 'Number of groups; -1 makes a group of every channel.',
    },
    axis: axisParameter('The axis of the channels; -1 is the last one.'),
    epsilon: epsilonParameter(0.001),
    ...scaleAndShift,
  },
  ports: () => layerPorts,
  caption: ({ groups }) =>
    groups === -1 ? 'each channel' : `${groups} ${groups === 1 ? 'group' : 'groups'}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], values) {
      const along = lengthAlong('GroupNormalization', values.axis, input);
      if (!along.ok) return along;
      const groups = values.groups === -1 ? along.length : values.groups;
      if (groups < 1 || along.length % groups !== 0) return uneven(groups, along.length, input);
      const weights = gammaAndBeta(along.length, values);
      return {
        ok: true,
        value: { shape: input.shape, weights, multiplyAdds: 2 * sizePerSample(input.shape) },
      };
    },
    keras: ({ groups, axis, epsilon, center, scale }) => ({
      class_name: 'GroupNormalization',
      config: { groups, axis, epsilon, center, scale, ...startOfGammaAndBeta },
    }),
    activation: () => null,
  },
});
