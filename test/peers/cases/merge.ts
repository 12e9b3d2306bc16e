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
]; // prettier-ignore
