/** Owns the cases of the comparison with Keras for operations on tensors. */
import type { Described } from './block-case';

const MAP = [6, 8, 3];

export const tensorCases: Described[] = [
  ['Permute', { dims: [3, 1, 2] }, MAP],
  ['RepeatVector', { n: 3 }, [5]],
  ['Rescaling', { scale: 0.5, offset: -1 }, MAP],
]; // prettier-ignore
