/** Every case of the comparisons: the whole catalogue with losses, optimizers and networks of several blocks. */
import { activationCases } from './activations';
import { attentionCases } from './attention';
import { augmentationCases } from './augmentation';
import { blockCases } from './blocks';
import { constraintCases } from './constraints';
import { lossCases, severalLossesCases, weightedCases } from './losses';
import { measuredCases } from './normalization';
import { networkCases } from './networks';
import { optimizerCases } from './optimizers';
import { recurrentCases } from './recurrent';
import type { Case } from '../parity';

export const everyCase: readonly Case[] = [
  ...optimizerCases,
  ...constraintCases,
  ...lossCases,
  ...weightedCases,
  ...severalLossesCases,
  ...activationCases,
  ...networkCases,
  ...blockCases,
  ...measuredCases,
  ...augmentationCases,
  ...recurrentCases,
  ...attentionCases,
];
