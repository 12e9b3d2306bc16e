/** Owns the family's list, in the order of the palette: layers that suit every network. */
import { batchNormalization } from './batch-normalization';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { gaussianNoise } from './gaussian-noise';
import { input } from './input';
import { layerNormalization } from './layer-normalization';
import { permuteBlock } from './permute';
import { repeatVector } from './repeat-vector';
import { rescaling } from './rescaling';
import { reshapeBlock } from './reshape';
import { spatialDropout2d } from './spatial-dropout2d';
import { unitNormalization } from './unit-normalization';

export const coreBlocks = [
  input,
  dense,
  flatten,
  reshapeBlock,
  permuteBlock,
  repeatVector,
  rescaling,
  dropout,
  spatialDropout2d,
  gaussianNoise,
  batchNormalization,
  layerNormalization,
  unitNormalization,
];
