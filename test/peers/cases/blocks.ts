/** Owns the cases of layer blocks by family; a new family adds a file and a line here. */
import { blockCase, type Described } from './block-case';
import { convolutionCases } from './convolution';
import { coreCases } from './core';
import { mergeCases } from './merge';
import { normalizationCases } from './normalization';
import { poolingCases } from './pooling';
import { regularizationCases } from './regularization';
import { tensorCases } from './tensor';

const MAP = [6, 8, 3];
const SEQUENCE = [9, 4];

const described: Described[] = [
  ...coreCases,
  ...convolutionCases,
  ...poolingCases,
  ...normalizationCases,
  ...regularizationCases,
  ...tensorCases,
  ...mergeCases,

  ['PReLU', {}, SEQUENCE],
  ['PReLU', { shared_axes: [1, 2], alpha_initializer: 'ones' }, MAP],
  ['Activation', { activation: 'gelu' }, SEQUENCE],
  ['LearnedSwish', {}, SEQUENCE],
  ['GLU', {}, SEQUENCE],
  ['ScaledSigmoid', {}, SEQUENCE],
  ['ScaledSigmoid', { function: 'sigmoid', amplitude: 2, slope: 3 }, [5]],
  ['BinaryThreshold', { threshold: 0.1, low: -1 }, SEQUENCE],
]; // prettier-ignore

export const blockCases = described.map((each) => blockCase(...each));
