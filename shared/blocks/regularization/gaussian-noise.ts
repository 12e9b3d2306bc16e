/** GaussianNoise: random numbers are added while training. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { disturbance } from './noise';

export const gaussianNoise = defineBlock({
  type: 'GaussianNoise',
  version: 1,
  title: 'GaussianNoise',
  category: 'Regularization',
  search: ['noise', 'regularisation', 'regularization', 'denoising', 'overfitting'],
  summary: 'Adds random numbers to every value while training, against overfitting.',
  help: [
    'In training a normal random number with mean 0 and standard deviation `stddev` is added to each value. In evaluation nothing is added.',
    'The shape does not change and there are no weights. After the Input of an autoencoder it makes a denoising autoencoder: the target is the picture without noise.',
    'Typical mistake: a deviation that does not fit the data. For values from 0 to 1 a deviation of 0.1 is mild and 1 drowns them.',
  ].join('\n\n'),
  formula: 'y = x + ε, ε ~ N(0, stddev²)',
  source:
    'Vincent et al., Extracting and composing robust features with denoising autoencoders (2008); Keras documentation, GaussianNoise layer',
  parameters: {
    stddev: {
      kind: 'number',
      default: 0.1,
      min: 0,
      max: 1,
      help: 'Standard deviation of the noise, in the unit of the values.',
    },
  },
  ports: () => layerPorts,
  caption: ({ stddev }) => `deviation ${stddev}`,
  behaviour: disturbance<{ stddev: number }>(({ stddev }) => ({
    class_name: 'GaussianNoise',
    config: { stddev },
  })),
});
