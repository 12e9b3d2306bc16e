/** Owns the family's list, in the order of the palette: operations on whole tensors. */
import { centerCrop } from './center-crop';
import { flatten } from './flatten';
import { formula } from './formula';
import { maths } from './maths';
import { permuteBlock } from './permute';
import { reduction } from './reduction';
import { repeatVector } from './repeat-vector';
import { rescaling } from './rescaling';
import { reshapeBlock } from './reshape';
import { resizing } from './resizing';
import { slice } from './slice';
import { splitTensor } from './split-tensor';
import { stopGradient } from './stop-gradient';

export const tensorBlocks = [
  flatten,
  reshapeBlock,
  permuteBlock,
  repeatVector,
  rescaling,
  maths,
  formula,
  reduction,
  slice,
  splitTensor,
  resizing,
  centerCrop,
  stopGradient,
];
