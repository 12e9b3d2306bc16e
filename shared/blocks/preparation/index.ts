/** Owns the family's list, in the order of the palette: what is done to data before a network sees it. */
import { constantColumn } from './constant-column';
import { oneHotBlock } from './one-hot';
import { scale } from './scale';
import { split } from './split';
import { standardize } from './standardize';
import { textVectorization } from './text-vectorization';

export const preparationBlocks = [scale, standardize, oneHotBlock, textVectorization, constantColumn, split];
