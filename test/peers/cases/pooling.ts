/** Owns the cases of the comparison with Keras for pooling. */
import type { Described } from './block-case';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];
const VOLUME = [4, 5, 6, 2];

export const poolingCases: Described[] = [
  ['GlobalMaxPooling2D', {}, MAP],
  ['MaxPooling1D', {}, SEQUENCE],
  ['MaxPooling1D', { pool_size: [3], strides: [2], padding: 'same' }, SEQUENCE],
  ['AveragePooling1D', {}, SEQUENCE],
  ['AveragePooling1D', { pool_size: [3], strides: [2], padding: 'same' }, SEQUENCE],
  ['GlobalAveragePooling1D', {}, SEQUENCE],
  ['GlobalMaxPooling1D', {}, SEQUENCE],
  ['MaxPooling3D', {}, VOLUME],
  ['MaxPooling3D', { pool_size: [2, 3, 2], strides: [1, 2, 2], padding: 'same' }, VOLUME],
  ['AveragePooling3D', {}, VOLUME],
  ['AveragePooling3D', { pool_size: [2, 3, 2], strides: [1, 2, 2], padding: 'same' }, VOLUME],
  ['GlobalMaxPooling3D', {}, VOLUME],
  ['GlobalAveragePooling3D', {}, VOLUME],
  ['GlobalMaxPooling2D', { keepdims: true }, MAP],
  ['GlobalAveragePooling1D', { keepdims: true }, SEQUENCE],
  ['AdaptiveAveragePooling1D', { output_size: [4] }, SEQUENCE],
  ['AdaptiveMaxPooling1D', { output_size: [4] }, SEQUENCE],
  ['AdaptiveAveragePooling2D', { output_size: [4, 3] }, MAP],
  ['AdaptiveMaxPooling2D', { output_size: [4, 3] }, MAP],
  ['AdaptiveAveragePooling3D', { output_size: [3, 2, 4] }, VOLUME],
  ['AdaptiveMaxPooling3D', { output_size: [3, 2, 4] }, VOLUME],
  ['MaxUnpooling2D', {}, [[3, 4, 3], [6, 8, 3]]],
  ['MaxUnpooling2D', { pool_size: [2, 3] }, [[3, 2, 3], [7, 8, 3]]],
]; // prettier-ignore
