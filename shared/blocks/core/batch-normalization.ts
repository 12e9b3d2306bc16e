/** BatchNormalization: mean 0 and variance 1 for each channel over the batch. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { axisIndex, noSuchAxis, refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';

export const batchNormalization = defineBlock({
  type: 'BatchNormalization',
  version: 1,
  title: 'BatchNormalization',
  category: 'Core',
  search: ['batch norm', 'batchnorm', 'bn', 'normalise', 'covariate shift'],
  summary: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.',
  help: [
    'Computes `gamma · (x − mean) / √(variance + epsilon) + beta` for each channel. In training, mean and variance are those of the batch; in evaluation they are the moving averages that were kept while training.',
    'The shape does not change. It holds four numbers per channel: gamma and beta are trained, the two moving averages are only updated.',
    'Typical mistakes: very small batches, whose statistics are noise; and a bias in the layer before it, which beta makes useless.',
  ].join('\n\n'),
  source: 'Ioffe and Szegedy, Batch normalization (2015); Keras documentation, BatchNormalization layer',
  parameters: {
    axis: {
      kind: 'integer',
      default: -1,
      help: 'The axis that is kept apart: the features or channels.',
      advanced: true,
    },
    momentum: {
      kind: 'number',
      default: 0.99,
      min: 0,
      max: 1,
      help: 'Share of the old moving average that is kept at each step.',
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
  caption: ({ momentum }) => `momentum ${momentum}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { axis, center, scale }) {
      const index = axisIndex(axis, input.shape);
      if (index === null) return noSuchAxis('BatchNormalization', axis, input);
      const channels = input.shape[index];
      if (channels === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `BatchNormalization needs a channel axis of known length; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'Every channel has a scale and a shift of its own, so their number must be fixed.',
        });
      const perChannel = (name: string, trainable: boolean) => ({ name, shape: [channels], trainable });
      const weights = [
        ...(scale ? [perChannel('gamma', true)] : []),
        ...(center ? [perChannel('beta', true)] : []),
        perChannel('moving_mean', false),
        perChannel('moving_variance', false),
      ];
      return { ok: true, value: { shape: input.shape, weights, multiplyAdds: sizePerSample(input.shape) } };
    },
    keras: ({ axis, momentum, epsilon, center, scale }) => ({
      class_name: 'BatchNormalization',
      config: {
        axis, momentum, epsilon, center, scale,
        beta_initializer: 'zeros', gamma_initializer: 'ones',
        moving_mean_initializer: 'zeros', moving_variance_initializer: 'ones',
      },
    }), // prettier-ignore
    activation: () => null,
  },
});
