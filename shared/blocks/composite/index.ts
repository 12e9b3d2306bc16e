/** Owns the family's list: what blocks made of blocks need inside. */
import { junction } from './junction';

export const compositeBlocks = [junction];
