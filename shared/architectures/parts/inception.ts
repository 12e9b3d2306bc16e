/** Owns the Inception modules: of GoogLeNet (Szegedy et al. 2015, figure 2b) and of Inception-v3 (Szegedy et al. 2016). */
import type { Endpoint, Json } from '../../document/document';
import { chainPart, type Sketch } from '../sketch';
import { convUnit } from './convolution';

const relu = (filters: number, size: number): Record<string, Json> => ({
  filters,
  kernel_size: [size, size],
  padding: 'same',
  activation: 'relu',
});

export const inceptionModule = chainPart(
  'inception_module',
  'Inception module',
  'Convolutions of 1 × 1, 3 × 3 and 5 × 5 and a pooling side by side, their maps put together (GoogLeNet).',
  {
    conv1: [['conv1', 'filters']],
    reduce3: [['reduce3', 'filters']],
    conv3: [['conv3', 'filters']],
    reduce5: [['reduce5', 'filters']],
    conv5: [['conv5', 'filters']],
    pool: [['project', 'filters']],
  },
  (s, input) => {
    const one = s.add('Conv2D', relu(64, 1), input, 'conv1');
    const three = s.add('Conv2D', relu(128, 3), s.add('Conv2D', relu(96, 1), input, 'reduce3'), 'conv3');
    const five = s.add('Conv2D', relu(32, 5), s.add('Conv2D', relu(16, 1), input, 'reduce5'), 'conv5');
    const pool = s.add('MaxPooling2D', { pool_size: [3, 3], strides: [1, 1], padding: 'same' }, input);
    return s.add('Concatenate', {}, [one, three, five, s.add('Conv2D', relu(32, 1), pool, 'project')]);
  },
);

/** `[filters, height, width]` of one convolution after the other; the last may halve the size. */
function unit(s: Sketch, from: Endpoint, filters: number, height = 1, width = height, id?: string): Endpoint {
  return s.add(convUnit, { filters, kernel_size: [height, width] }, from, id);
}
const halving: Record<string, Json> = { strides: [2, 2], padding: 'valid' };
const unitHalving = (s: Sketch, from: Endpoint, filters: number): Endpoint =>
  s.add(convUnit, { filters, kernel_size: [3, 3], ...halving }, from);

function pooled(s: Sketch, input: Endpoint, filters: number): Endpoint {
  const mean = s.add('AveragePooling2D', { pool_size: [3, 3], strides: [1, 1], padding: 'same' }, input);
  return unit(s, mean, filters, 1, 1, 'pool');
}

export const inceptionA = chainPart(
  'inception_35',
  'Inception 35 × 35',
  'The module of Inception-v3 for large maps: 1 × 1, 5 × 5, twice 3 × 3, and a pooling.',
  { pool: [['pool', 'filters']] },
  (s, input) => {
    const double = unit(s, unit(s, unit(s, input, 64), 96, 3), 96, 3);
    return s.add('Concatenate', {}, [unit(s, input, 64), unit(s, unit(s, input, 48), 64, 5), double, pooled(s, input, 32)]);
  },
); // prettier-ignore

export const reductionA = chainPart(
  'reduction_35',
  'Reduction to 17 × 17',
  'Halves the size of the map: a convolution, a longer way and a pooling side by side.',
  {},
  (s, input) => {
    const long = unitHalving(s, unit(s, unit(s, input, 64), 96, 3), 96);
    const pool = s.add('MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }, input);
    return s.add('Concatenate', {}, [unitHalving(s, input, 384), long, pool]);
  },
);

export const inceptionB = chainPart(
  'inception_17',
  'Inception 17 × 17',
  'The module of Inception-v3 for middle maps: 7 × 7 convolutions taken apart into 1 × 7 and 7 × 1.',
  {
    filters: [['row1', 'filters'], ['row2', 'filters'], ['long1', 'filters'], ['long2', 'filters'], ['long3', 'filters'], ['long4', 'filters']],
  },
  (s, input) => {
    const row = unit(s, unit(s, unit(s, input, 128, 1, 1, 'row1'), 128, 1, 7, 'row2'), 192, 7, 1);
    const first = unit(s, unit(s, input, 128, 1, 1, 'long1'), 128, 7, 1, 'long2');
    const long = unit(s, unit(s, unit(s, first, 128, 1, 7, 'long3'), 128, 7, 1, 'long4'), 192, 1, 7);
    return s.add('Concatenate', {}, [unit(s, input, 192), row, long, pooled(s, input, 192)]);
  },
); // prettier-ignore

export const reductionB = chainPart(
  'reduction_17',
  'Reduction to 8 × 8',
  'Halves the size of the map, with a 7 × 7 convolution taken apart on the longer way.',
  {},
  (s, input) => {
    const seven = unit(s, unit(s, unit(s, input, 192), 192, 1, 7), 192, 7, 1);
    const pool = s.add('MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }, input);
    return s.add('Concatenate', {}, [
      unitHalving(s, unit(s, input, 192), 320),
      unitHalving(s, seven, 192),
      pool,
    ]);
  },
);

/** 1 × 3 and 3 × 1 side by side. */
const fork = (s: Sketch, from: Endpoint): Endpoint =>
  s.add('Concatenate', {}, [unit(s, from, 384, 1, 3), unit(s, from, 384, 3, 1)]);

export const inceptionC = chainPart(
  'inception_8',
  'Inception 8 × 8',
  'The module of Inception-v3 for small maps: it grows wider instead of deeper.',
  {},
  (s, input) => {
    const three = fork(s, unit(s, input, 384));
    const double = fork(s, unit(s, unit(s, input, 448), 384, 3));
    return s.add('Concatenate', {}, [unit(s, input, 320), three, double, pooled(s, input, 192)]);
  },
);
