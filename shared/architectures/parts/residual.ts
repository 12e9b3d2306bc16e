/** Owns the residual parts: what is learned is added to what came in (He et al. 2016, figures 2 and 5). */
import type { Endpoint } from '../../document/document';
import { chainPart, type Sketch } from '../sketch';

const EPSILON = 1.001e-5;

/** Two convolutions of 3 × 3, without biases, as in ResNet-18 and 34. */
function basic(s: Sketch, input: Endpoint, filters: number, strides: number): Endpoint {
  const first = s.add(
    'Conv2D',
    { filters, strides: [strides, strides], padding: 'same', use_bias: false },
    input,
    'conv1',
  );
  const middle = s.chain(first, 'BatchNormalization', 'ReLU');
  const second = s.add('Conv2D', { filters, padding: 'same', use_bias: false }, middle, 'conv2');
  return s.add('BatchNormalization', {}, second);
}

const join = (s: Sketch, ways: readonly Endpoint[]) => s.chain(s.add('Add', {}, ways), 'ReLU');

export const residualIdentity = chainPart(
  'residual_identity',
  'Residual block',
  'Two convolutions whose result is added to what came in. Size and channels stay; filters must be those of the input.',
  { filters: [['conv1', 'filters'], ['conv2', 'filters']] },
  (s, input) => join(s, [basic(s, input, 64, 1), input]),
); // prettier-ignore

export const residualProjection = chainPart(
  'residual_projection',
  'Residual projection',
  'A residual block that changes size or channels: the way around is a convolution of 1 × 1.',
  {
    filters: [['conv1', 'filters'], ['conv2', 'filters'], ['shortcut', 'filters']],
    strides: [['conv1', 'strides'], ['shortcut', 'strides']],
  },
  (s, input) => {
    const shortcut = s.add('Conv2D', { filters: 128, kernel_size: [1, 1], strides: [2, 2], use_bias: false }, input, 'shortcut');
    return join(s, [basic(s, input, 128, 2), s.add('BatchNormalization', {}, shortcut)]);
  },
); // prettier-ignore

/** 1 × 1 to fewer channels, 3 × 3, 1 × 1 to four times as many; with biases, as Keras' ResNet-50 has them. */
function bottleneck(s: Sketch, input: Endpoint, filters: number, strides: number): Endpoint {
  const normalised = (from: Endpoint) => s.chain(from, ['BatchNormalization', { epsilon: EPSILON }], 'ReLU');
  const reduce = s.add(
    'Conv2D',
    { filters, kernel_size: [1, 1], strides: [strides, strides] },
    input,
    'reduce',
  );
  const conv = s.add('Conv2D', { filters, padding: 'same' }, normalised(reduce), 'conv');
  const expand = s.add('Conv2D', { filters: 4 * filters, kernel_size: [1, 1] }, normalised(conv), 'expand');
  return s.add('BatchNormalization', { epsilon: EPSILON }, expand);
}

const bottleneckFilters = [['reduce', 'filters'], ['conv', 'filters'], ['expand', 'filters', 4]] as const; // prettier-ignore

export const bottleneckIdentity = chainPart(
  'bottleneck_identity',
  'Bottleneck block',
  'A residual block of 1 × 1, 3 × 3 and 1 × 1 convolutions; it gives four times as many channels as filters.',
  { filters: [...bottleneckFilters] },
  (s, input) => join(s, [bottleneck(s, input, 64, 1), input]),
);

export const bottleneckProjection = chainPart(
  'bottleneck_projection',
  'Bottleneck projection',
  'A bottleneck block that changes size or channels: the way around is a convolution of 1 × 1.',
  {
    filters: [...bottleneckFilters, ['shortcut', 'filters', 4]],
    strides: [['reduce', 'strides'], ['shortcut', 'strides']],
  },
  (s, input) => {
    const shortcut = s.add('Conv2D', { filters: 512, kernel_size: [1, 1], strides: [2, 2] }, input, 'shortcut');
    return join(s, [bottleneck(s, input, 128, 2), s.add('BatchNormalization', { epsilon: EPSILON }, shortcut)]);
  },
); // prettier-ignore
