/** LayerNormalization: mean 0 and variance 1 within each sample. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { axisIndex, noSuchAxis, refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';

export const layerNormalization = defineBlock({
  type: 'LayerNormalization',
  version: 1,
  title: 'LayerNormalization',
  category: 'Core',
  search: ['layer norm', 'layernorm', 'ln', 'normalise', 'transformer'],
  summary: 'Brings the features of each sample to mean 0 and variance 1, then scales and shifts them.',
  help: [
    'Computes `gamma · (x − mean) / √(variance + epsilon) + beta`, with mean and variance along one axis of a single sample. Training and evaluation compute the same, and the size of the batch plays no part.',
    'The shape does not change. It holds a gamma and a beta for each place along the axis.',
    'Typical mistake: taking it for BatchNormalization in a network for pictures. Along the last axis it compares the channels of one pixel with each other, not one channel over all pictures.',
  ].join('\n\n'),
  source: 'Ba, Kiros and Hinton, Layer normalization (2016); Keras documentation, LayerNormalization layer',
  parameters: {
    axis: {
      kind: 'integer',
      default: -1,
      help: 'The axis along which mean and variance are taken; -1 is the last one.',
      advanced: true,
    },
    epsilon: {
      kind: 'number',
      default: 0.001,
      min: 0,
      above: true,
      scale: 'log',
      help: 'Added to the variance, against division by zero.',
      advanced: true,
    },
    center: { kind: 'boolean', default: true, help: 'Adds the trained shift beta.', advanced: true },
    scale: {
      kind: 'boolean',
      default: true,
      help: 'Multiplies by the trained factor gamma.',
      advanced: true,
    },
  },
  ports: () => layerPorts,
  caption: ({ axis }) => (axis === -1 ? 'over features' : `axis ${axis}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], { axis, center, scale }) {
      const index = axisIndex(axis, input.shape);
      if (index === null) return noSuchAxis('LayerNormalization', axis, input);
      const length = input.shape[index];
      if (length === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `LayerNormalization needs an axis of known length; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'Every place along the axis has a scale and a shift of its own, so their number must be fixed.',
        });
      const along = (name: string) => ({ name, shape: [length], trainable: true });
      const weights = [...(scale ? [along('gamma')] : []), ...(center ? [along('beta')] : [])];
      return {
        ok: true,
        value: { shape: input.shape, weights, multiplyAdds: 2 * sizePerSample(input.shape) },
      };
    },
    keras: ({ axis, epsilon, center, scale }) => ({
      class_name: 'LayerNormalization',
      config: { axis, epsilon, center, scale, beta_initializer: 'zeros', gamma_initializer: 'ones' },
    }),
    activation: () => null,
  },
});
