/** Owns the parts that are a convolution with what usually follows it. */
import { chainPart } from '../sketch';

export const convBlock = chainPart(
  'conv_block',
  'Convolution block',
  'Convolution, batch normalization and ReLU: the usual unit of deep convolutional networks.',
  {
    filters: [['conv', 'filters']],
    kernel_size: [['conv', 'kernel_size']],
    strides: [['conv', 'strides']],
    padding: [['conv', 'padding']],
  },
  (s, input) => {
    const conv = s.add('Conv2D', { filters: 64, padding: 'same', use_bias: false }, input, 'conv');
    return s.chain(conv, 'BatchNormalization', 'ReLU');
  },
);

/** Inception-v3 normalises without a trained scale, because ReLU and the next convolution can take its place. */
export const convUnit = chainPart(
  'conv_unit',
  'Convolution unit',
  'Convolution without bias, batch normalization without scale, ReLU, as in Inception-v3.',
  {
    filters: [['conv', 'filters']],
    kernel_size: [['conv', 'kernel_size']],
    strides: [['conv', 'strides']],
    padding: [['conv', 'padding']],
  },
  (s, input) => {
    const conv = s.add('Conv2D', { filters: 64, padding: 'same', use_bias: false }, input, 'conv');
    return s.chain(conv, ['BatchNormalization', { scale: false }], 'ReLU');
  },
);

export const squeezeExcite = chainPart(
  'squeeze_excite',
  'Squeeze and excite',
  'Weighs the channels of a map by what the whole picture shows (Hu et al. 2018).',
  { filters: [['expand', 'units'], ['squeeze', 'units', 1 / 16]] },
  (s, input) => {
    const mean = s.add('GlobalAveragePooling2D', {}, input);
    const squeeze = s.add('Dense', { units: 4, activation: 'relu' }, mean, 'squeeze');
    const expand = s.add('Dense', { units: 64, activation: 'sigmoid' }, squeeze, 'expand');
    const weights = s.add('Reshape', { target_shape: [1, 1, -1] }, expand);
    return s.add('Multiply', {}, [input, weights]);
  },
); // prettier-ignore

export const denseStack = chainPart(
  'dense_stack',
  'Dense stack',
  'A Dense layer with dropout; set repeat for as many as are needed.',
  { units: [['dense', 'units']], activation: [['dense', 'activation']], rate: [['dropout', 'rate']] },
  (s, input) => {
    const dense = s.add('Dense', { units: 128, activation: 'relu' }, input, 'dense');
    return s.add('Dropout', { rate: 0.3 }, dense, 'dropout');
  },
);
