/** Owns the family's list, in the order of the palette: what trains. */
import { train } from './train';

export const trainingBlocks = [train];
