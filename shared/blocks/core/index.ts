/** Owns the family's list, in the order of the palette: what every network begins with. */
import { dense } from './dense';
import { einsumDense } from './einsum-dense';
import { input } from './input';
import { noise } from './noise';
import { rbfOutput } from './rbf-output';
import { sharedLayer } from './shared-layer';
import { tiedDense } from './tied-dense';

export const coreBlocks = [input, noise, dense, einsumDense, sharedLayer, tiedDense, rbfOutput];
