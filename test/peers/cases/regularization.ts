/** Owns the cases of the comparison with Keras for regularisation, noise at a strength of zero. */
import type { Described } from './block-case';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];
const VOLUME = [4, 5, 6, 2];

export const regularizationCases: Described[] = [
  ['GaussianNoise', { stddev: 0 }, [5]],
  ['SpatialDropout2D', { rate: 0 }, MAP],
  ['SpatialDropout1D', { rate: 0 }, SEQUENCE],
  ['SpatialDropout3D', { rate: 0 }, VOLUME],
  ['AlphaDropout', { rate: 0 }, [5]],
  ['GaussianDropout', { rate: 0 }, [5]],
  ['SaltAndPepperNoise', { amount: 0 }, MAP],
  ['ActivityRegularization', { l1: 0.01 }, MAP],
  ['ActivityRegularization', { l1: 0.01, l2: 0.02 }, [5]],
  ['KLSparsity', { weight: 0.1 }, [7]],
  ['KLSparsity', { rho: 0.3, weight: 0.1 }, SEQUENCE],
]; // prettier-ignore
