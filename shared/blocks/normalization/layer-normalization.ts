/** LayerNormalization: mean 0 and variance 1 within each sample. */
import { defineBlock } from '../block';
import { sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import {
  axisParameter,
  epsilonParameter,
  gammaAndBeta,
  lengthAlong,
  scaleAndShift,
  startOfGammaAndBeta,
} from './normalized';

export const layerNormalization = defineBlock({
  type: 'LayerNormalization',
  version: 1,
  title: 'LayerNormalization',
  category: 'Normalization',
  search: ['layer norm', 'layernorm', 'ln', 'normalise', 'transformer'],
  summary: 'Brings the features of each sample to mean 0 and variance 1, then scales and shifts them.',
  help: [
    'Computes `gamma · (x − mean) / √(variance + epsilon) + beta`, with mean and variance along one axis of a single sample. Training and evaluation compute the same, and the size of the batch plays no part.',
    'The shape does not change. It holds a gamma and a beta for each place along the axis.',
    'Typical mistake: taking it for BatchNormalization in a network for pictures. Along the last axis it compares the channels of one pixel with each other, not one channel over all pictures.',
  ].join('\n\n'),
  source: 'Ba, Kiros and Hinton, Layer normalization (2016); Keras documentation, LayerNormalization layer',
  parameters: {
    axis: axisParameter('The axis along which mean and variance are taken; -1 is the last one.'),
    epsilon: epsilonParameter(0.001),
    ...scaleAndShift,
  },
  ports: () => layerPorts,
  caption: ({ axis }) => (axis === -1 ? 'over features' : `axis ${axis}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], values) {
      const along = lengthAlong('LayerNormalization', values.axis, input);
      if (!along.ok) return along;
      const weights = gammaAndBeta(along.length, values);
      return {
        ok: true,
        value: { shape: input.shape, weights, multiplyAdds: 2 * sizePerSample(input.shape) },
      };
    },
    keras: ({ axis, epsilon, center, scale }) => ({
      class_name: 'LayerNormalization',
      config: { axis, epsilon, center, scale, ...startOfGammaAndBeta },
    }),
    activation: () => null,
  },
});
