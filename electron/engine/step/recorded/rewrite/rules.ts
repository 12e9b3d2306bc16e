/** Owns which rules a recorded step is rewritten by, in the order in which they are tried. */
import { argMaxOfSoftmax } from './arg-max';
import { biasOfProduct } from './bias';
import { sumOfRows } from './bias-gradient';
import { dropCast } from './cast';
import { gradientOfLookup } from './embedding-gradient';
import { gateGradients } from './gate-gradients';
import { leakyReluGradient } from './leaky-relu-gradient';
import { batchMatMulToMatMul } from './mat-mul';
import { gradientOfMax, reluAfterMax } from './relu-after-max';
import { reluGradient } from './relu-gradient';
import { foldReshape } from './reshape';
import { sameConstant } from './same-constant';
import { subPixels } from './sub-pixels';
import type { Rule } from './rewrite';

export const RULES: readonly Rule[] = [
  sameConstant,
  foldReshape,
  dropCast,
  batchMatMulToMatMul,
  reluGradient,
  leakyReluGradient,
  gateGradients,
  argMaxOfSoftmax,
  biasOfProduct,
  sumOfRows,
  reluAfterMax,
  gradientOfMax,
  gradientOfLookup,
  subPixels,
];
