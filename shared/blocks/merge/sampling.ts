/** Sampling: a random point from a normal distribution that the network describes, as in a variational autoencoder. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { ownLayer, refuse, sizePerSample, weightless } from '../inference';
import { pairPorts } from '../ports';

const sampled = (mean: InputShape, variance: InputShape): InferenceResult =>
  mean.shape.length === variance.shape.length &&
  mean.shape.every((size, axis) => size === variance.shape[axis])
    ? weightless(mean.shape, 6 * sizePerSample(mean.shape))
    : refuse({
        code: 'shape/mismatch',
        port: 'log_variance',
        message: `Sampling needs equal shapes; it gets ${shapeText(mean.shape)} from ${mean.from} and ${shapeText(variance.shape)} from ${variance.from}.`,
        why: 'Each mean has a variance of its own.',
      });

export const sampling = defineBlock({
  type: 'Sampling',
  version: 1,
  title: 'Sampling',
  category: 'Merge',
  search: [
    'vae',
    'variational autoencoder',
    'reparameterisation',
    'reparametrization',
    'latent',
    'kl divergence',
  ],
  summary:
    'Draws a random point with the mean and variance that two layers give, and keeps them near 0 and 1.',
  help: [
    'In training: `mean + e^(log_variance / 2) · ε`, with new normal random numbers ε at each step. The randomness stands beside the path of the gradient, so that both layers before it learn (reparameterisation). In evaluation the mean is handed on.',
    'With `kl_weight` the divergence from a normal distribution with mean 0 and variance 1, `−½ Σ (1 + log_variance − mean² − e^log_variance)` averaged over the batch, is added to the loss. Without it nothing keeps the code together, and nothing new can be drawn from it.',
    'Shapes: mean and logarithm of the variance alike; the output has their shape.',
    'Typical mistake: a `kl_weight` that does not fit the loss. Where the loss is a mean over 784 pixels, 1 / 784 ≈ 0.0013 weighs as in the paper, whose loss is a sum.',
  ].join('\n\n'),
  source: 'Kingma and Welling, Auto-encoding variational Bayes (2014)',
  parameters: {
    kl_weight: {
      kind: 'number',
      default: 0.001,
      min: 0,
      scale: 'log',
      help: 'How much the divergence from the standard normal distribution counts in the loss.',
    },
  },
  ports: () => pairPorts('mean', 'log_variance'),
  caption: ({ kl_weight }) => `KL × ${kl_weight}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([mean, variance]) => sampled(mean, variance),
    keras: ({ kl_weight }) => ownLayer('Sampling', { kl_weight }),
    activation: () => null,
  },
});
