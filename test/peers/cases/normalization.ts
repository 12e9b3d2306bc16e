/** Owns the cases of the comparison with Keras for normalisation. */
import type { Described } from './block-case';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];

export const normalizationCases: Described[] = [
  ['LayerNormalization', {}, MAP],
  ['LayerNormalization', { axis: 1, epsilon: 0.1, center: false }, MAP],
  ['LayerNormalization', { scale: false }, [7]],
  ['UnitNormalization', {}, SEQUENCE],
  ['UnitNormalization', { axis: 1 }, SEQUENCE],
  ['LayerNormalization', { trainable: false }, MAP],
  ['BatchNormalization', { trainable: false }, MAP],
  ['GroupNormalization', { groups: 2 }, SEQUENCE],
  ['GroupNormalization', { groups: -1, epsilon: 0.1 }, MAP],
  ['GroupNormalization', { groups: 3, axis: 1, center: false }, MAP],
  ['GroupNormalization', { groups: 1, scale: false }, [6]],
  ['RMSNormalization', {}, SEQUENCE],
  ['RMSNormalization', { epsilon: 0.1 }, [6]],
  ['LocalResponseNormalization', {}, [6, 8, 7]],
  ['LocalResponseNormalization', { depth_radius: 1, alpha: 0.5, bias: 1, beta: 0.5 }, MAP],
]; // prettier-ignore
