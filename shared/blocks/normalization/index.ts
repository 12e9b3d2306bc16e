/** Owns the family's list, in the order of the palette: layers that bring values to a common scale. */
import { batchNormalization } from './batch-normalization';
import { groupNormalization } from './group-normalization';
import { layerNormalization } from './layer-normalization';
import { localResponseNormalization } from './local-response-normalization';
import { normalization } from './normalization';
import { rmsNormalization } from './rms-normalization';
import { spectralNormalization } from './spectral-normalization';
import { unitNormalization } from './unit-normalization';

export const normalizationBlocks = [
  normalization,
  batchNormalization,
  layerNormalization,
  groupNormalization,
  rmsNormalization,
  unitNormalization,
  localResponseNormalization,
  spectralNormalization,
];
