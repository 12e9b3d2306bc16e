/** Owns the cases of the comparison with Keras for normalisation. */
import type { Described } from './block-case';
import { chainCase, type Link } from './chain';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];

/** What is read from the input Keras measures itself. */
export const measuredCases = (
  [
    ['by feature', SEQUENCE, [['Normalization']]],
    ['of all values, then by place', MAP, [['Normalization', { axis: [] }], ['Conv2D', { filters: 2 }], ['Normalization', { axis: [1, -1] }]]],
    ['there and back', [5], [['Normalization'], ['Dense', { units: 4, activation: 'tanh' }], ['Normalization', { invert: true }]]],
  ] satisfies [string, number[], Link[]][]
).map(([name, inner, links]) => chainCase(`Normalization ${name}`, inner, links)); // prettier-ignore

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
  ['SpectralNormalization', { filters: 4, padding: 'same' }, MAP],
  ['SpectralNormalization', { layer: 'Conv2DTranspose', filters: 2, strides: [2, 2], activation: 'relu' }, MAP],
  ['SpectralNormalization', { layer: 'Dense', units: 5, power_iterations: 3, use_bias: false }, SEQUENCE],
  ['SpectralNormalization', { layer: 'Dense', units: 3, kernel_initializer: 'zeros' }, [4]],
  ['LocalResponseNormalization', {}, [6, 8, 7]],
  ['LocalResponseNormalization', { depth_radius: 1, alpha: 0.5, bias: 1, beta: 0.5 }, MAP],
]; // prettier-ignore
