/** Owns the family's list, in the order of the palette: what every network begins with. */
import { dense } from './dense';
import { input } from './input';

export const coreBlocks = [input, dense];
