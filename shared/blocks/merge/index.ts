/** Owns the family's list, in the order of the palette: layers that join several tensors. */
import { add } from './add';
import { average } from './average';
import { concatenate } from './concatenate';
import { dot } from './dot';
import { matMul } from './mat-mul';
import { maximum } from './maximum';
import { minimum } from './minimum';
import { multiply } from './multiply';
import { sampling } from './sampling';
import { stack } from './stack';
import { subtract } from './subtract';

export const mergeBlocks = [
  add,
  concatenate,
  multiply,
  subtract,
  average,
  maximum,
  minimum,
  dot,
  matMul,
  stack,
  sampling,
];
