/** Owns the half of a generative adversarial network that makes pictures (Radford et al. 2016), for pictures of 28 × 28. */
import { chainPart } from '../sketch';

/** Without bias: the normalization behind each layer has one. */
export const generator = chainPart(
  'generator',
  'Generator',
  'Makes grey pictures of 28 × 28, with values from −1 to 1, of a vector of random numbers.',
  {},
  (s, input) =>
    s.chain(
      input,
      ['Dense', { units: 7 * 7 * 64, use_bias: false }],
      'BatchNormalization',
      'ReLU',
      ['Reshape', { target_shape: [7, 7, 64] }],
      ['Conv2DTranspose', { filters: 32, kernel_size: [4, 4], strides: [2, 2], padding: 'same', use_bias: false }],
      'BatchNormalization',
      'ReLU',
      ['Conv2DTranspose', { filters: 1, kernel_size: [4, 4], strides: [2, 2], padding: 'same', activation: 'tanh' }],
    ),
); // prettier-ignore
