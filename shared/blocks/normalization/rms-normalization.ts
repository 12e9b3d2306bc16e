/** RMSNormalization: the root of the mean square of each sample becomes 1. */
import { defineBlock } from '../block';
import { trainableParameter } from '../core/weighted';
import { sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import { epsilonParameter, lengthAlong, weight } from './normalized';

export const rmsNormalization = defineBlock({
  type: 'RMSNormalization',
  version: 1,
  title: 'RMSNormalization',
  category: 'Normalization',
  search: ['rms norm', 'rmsnorm', 'root mean square', 'transformer'],
  summary: 'Divides the features of each sample by the root of their mean square, then scales them.',
  help: [
    'Computes `scale · x / √(mean of x² + epsilon)` along the last axis of a single sample. It is LayerNormalization without the mean, which is cheaper and mostly as good.',
    'The shape does not change. It holds a scale for each place along the axis. Keras has it for the last axis only.',
    'Typical mistake: expecting a mean of 0. Only the size of the values is changed, not where their middle lies.',
  ].join('\n\n'),
  source:
    'Zhang and Sennrich, Root mean square layer normalization (2019); Keras documentation, RMSNormalization layer',
  parameters: {
    epsilon: epsilonParameter(1e-6),
    ...trainableParameter,
  },
  ports: () => layerPorts,
  caption: () => 'over features',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input]) {
      const along = lengthAlong('RMSNormalization', -1, input);
      if (!along.ok) return along;
      const weights = [weight('scale', along.length)];
      return {
        ok: true,
        value: { shape: input.shape, weights, multiplyAdds: 2 * sizePerSample(input.shape) },
      };
    },
    keras: ({ epsilon }) => ({ class_name: 'RMSNormalization', config: { axis: -1, epsilon } }),
    activation: () => null,
  },
});
