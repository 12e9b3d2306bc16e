/** Owns the family's list, in the order of the palette: layers that join several tensors. */
import { add } from './add';
import { average } from './average';
import { concatenate } from './concatenate';
import { dot } from './dot';
import { maximum } from './maximum';
import { minimum } from './minimum';
import { multiply } from './multiply';
import { subtract } from './subtract';

export const mergeBlocks = [add, concatenate, multiply, subtract, average, maximum, minimum, dot];
