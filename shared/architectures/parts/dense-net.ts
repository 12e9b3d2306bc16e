/** Owns the parts of DenseNet: every layer sees the maps of all layers before it (Huang et al. 2017). */
import { chainPart } from '../sketch';

const EPSILON = 1.001e-5;
const normalise = [['BatchNormalization', { epsilon: EPSILON }], 'ReLU'] as const;

export const denseLayer = chainPart(
  'dense_layer',
  'Dense block',
  'Adds a few new maps to those that came in; set repeat for a whole dense block.',
  { growth: [['conv', 'filters'], ['reduce', 'filters', 4]] },
  (s, input) => {
    const reduce = s.add('Conv2D', { filters: 128, kernel_size: [1, 1], use_bias: false }, s.chain(input, ...normalise), 'reduce');
    const conv = s.add('Conv2D', { filters: 32, padding: 'same', use_bias: false }, s.chain(reduce, ...normalise), 'conv');
    return s.add('Concatenate', {}, [input, conv]);
  },
); // prettier-ignore

export const transition = chainPart(
  'transition',
  'Transition',
  'Half the channels and half the size, between two dense blocks.',
  { filters: [['conv', 'filters']] },
  (s, input) => {
    const conv = s.add('Conv2D', { filters: 128, kernel_size: [1, 1], use_bias: false }, s.chain(input, ...normalise), 'conv');
    return s.add('AveragePooling2D', { pool_size: [2, 2] }, conv);
  },
); // prettier-ignore
