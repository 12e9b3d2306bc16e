/** Owns the cases of the comparison with Keras for the core layers beside Dense, and for the books' own. */
import type { Described } from './block-case';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];

/** With two axes behind the dots Keras names their lengths in the wrong order; with one there is no order. */
export const coreCases: Described[] = [
  ['EinsumDense', { output_shape: [6], activation: 'relu' }, [5]],
  ['EinsumDense', { equation: 'abc,cde->abde', output_shape: [9, 2, 3], bias_axes: 'de' }, SEQUENCE],
  ['EinsumDense', { equation: '...x,xy->...y', output_shape: [5], bias_axes: 'y' }, SEQUENCE],
  ['EinsumDense', { equation: 'abc,bd->adc', output_shape: [3, 4], bias_axes: 'd' }, SEQUENCE],
  ['RBFOutput', { units: 4 }, [7]],
  ['RBFOutput', { units: 4, prototypes: 'learned' }, [7]],
  ['RBFOutput', { units: 4, prototypes: 'learned', output: 'distances' }, [7]],
  ['SubSampling2D', {}, MAP],
  ['SubSampling2D', { pool_size: [2, 3], activation: 'linear' }, MAP],
  ['GroupSoftmax', { size: 2 }, SEQUENCE],
  ['FixedFilter2D', {}, MAP],
  ['FixedFilter2D', { filter: 'gaussian', size: 5, sigma: 1.5 }, MAP],
  ['FixedFilter2D', { filter: 'custom', kernel: '1 2; 3 4; 5 -6' }, MAP],
]; // prettier-ignore
