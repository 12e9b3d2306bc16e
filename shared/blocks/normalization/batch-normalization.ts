/** BatchNormalization: mean 0 and variance 1 for each channel over the batch. */
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
  weight,
} from './normalized';

export const batchNormalization = defineBlock({
  type: 'BatchNormalization',
  version: 1,
  title: 'BatchNormalization',
  category: 'Normalization',
  search: ['batch norm', 'batchnorm', 'bn', 'normalise', 'covariate shift'],
  summary: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.',
  help: [
    'Computes `gamma · (x − mean) / √(variance + epsilon) + beta` for each channel. In training, mean and variance are those of the batch; in evaluation they are the moving averages that were kept while training.',
    'The shape does not change. It holds four numbers per channel: gamma and beta are trained, the two moving averages are only updated.',
    'Typical mistakes: very small batches, whose statistics are noise; and a bias in the layer before it, which beta makes useless.',
  ].join('\n\n'),
  source: 'Ioffe and Szegedy, Batch normalization (2015); Keras documentation, BatchNormalization layer',
  parameters: {
    axis: axisParameter('The axis that is kept apart: the features or channels.'),
    momentum: {
      kind: 'number',
      default: 0.99,
      min: 0,
      max: 1,
      help: 'Share of the old moving average that is kept at each step.',
    },
    epsilon: epsilonParameter(0.001),
    ...scaleAndShift,
  },
  ports: () => layerPorts,
  caption: ({ momentum }) => `momentum ${momentum}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const along = lengthAlong('BatchNormalization', values.axis, input);
      if (!along.ok) return along;
      const weights = [
        ...gammaAndBeta(along.length, values),
        weight('moving_mean', along.length, false),
        weight('moving_variance', along.length, false),
      ];
      return { ok: true, value: { shape: input.shape, weights, multiplyAdds: sizePerSample(input.shape) } };
    },
    keras: ({ axis, momentum, epsilon, center, scale }) => ({
      class_name: 'BatchNormalization',
      config: {
        axis,
        momentum,
        epsilon,
        center,
        scale,
        ...startOfGammaAndBeta,
        moving_mean_initializer: 'zeros',
        moving_variance_initializer: 'ones',
      },
    }),
    activation: () => null,
  },
});
