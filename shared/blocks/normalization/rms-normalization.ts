/** RMSNormalization: the root of the mean square of each sample becomes 1. */
import { defineBlock } from '../block';
import { trainableParameter } from '../core/weighted';
import { sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import { axisParameter, epsilonParameter, lengthAlong, weight } from './normalized';

export const rmsNormalization = defineBlock({
  type: 'RMSNormalization',
  version: 1,
  title: 'RMSNormalization',
  category: 'Normalization',
  search: ['rms norm', 'rmsnorm', 'root mean square', 'transformer'],
  summary: 'Divides the features of each sample by the root of their mean square, then scales them.',
  help: [
    'Computes `scale · x / √(mean of x² + epsilon)` along one axis of a single sample. It is LayerNormalization without the mean, which is cheaper and mostly as good.',
    'The shape does not change. It holds a scale for each place along the axis.',
    'Typical mistake: expecting a mean of 0. Only the size of the values is changed, not where their middle lies.',
  ].join('\n\n'),
  source:
    'Zhang and Sennrich, Root mean square layer normalization (2019); Keras documentation, RMSNormalization layer',
  parameters: {
    axis: axisParameter('The axis along which the mean square is taken; -1 is the last one.'),
    epsilon: epsilonParameter(1e-6),
    ...trainableParameter,
  },
  ports: () => layerPorts,
  caption: ({ axis }) => (axis === -1 ? 'over features' : `axis ${axis}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], { axis }) {
      const along = lengthAlong('RMSNormalization', axis, input);
      if (!along.ok) return along;
      const weights = [weight('scale', along.length)];
      return {
        ok: true,
        value: { shape: input.shape, weights, multiplyAdds: 2 * sizePerSample(input.shape) },
      };
    },
    keras: ({ axis, epsilon }) => ({ class_name: 'RMSNormalization', config: { axis, epsilon } }),
    activation: () => null,
  },
});
