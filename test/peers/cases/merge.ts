/** Owns the cases of the comparison with Keras for merging. */
import type { Described } from './block-case';

const SEQUENCE = [9, 4];

export const mergeCases: Described[] = [
  ['Multiply', {}, SEQUENCE, 3],
  ['Subtract', {}, SEQUENCE, 2],
  ['Average', {}, SEQUENCE, 3],
  ['Maximum', {}, SEQUENCE, 3],
  ['Minimum', {}, SEQUENCE, 3],
  ['Dot', {}, [5], 2],
  ['Dot', { normalize: true }, [5], 2],
  ['Dot', { axes: [1, 1] }, SEQUENCE, 2],
  ['Dot', { axes: [2, -1], normalize: true }, SEQUENCE, 2],
  ['MatMul', {}, [[3, 4], [4, 5]]],
  ['MatMul', { transpose_second: true }, [[2, 3, 4], [2, 5, 4]]],
  ['MatMul', { transpose_first: true }, [[4, 3], [4, 5]]],
  ['Stack', {}, SEQUENCE, 3],
  ['Stack', { axis: 1 }, SEQUENCE, 2],
]; // prettier-ignore
