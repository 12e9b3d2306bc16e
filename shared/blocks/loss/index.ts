/** Owns the family's list, in the order of the palette: losses. */
import { binaryCrossentropy } from './binary-crossentropy';
import { binaryFocalCrossentropy } from './binary-focal-crossentropy';
import { categoricalCrossentropy } from './categorical-crossentropy';
import { categoricalFocalCrossentropy } from './categorical-focal-crossentropy';
import { categoricalGeneralizedCrossentropy } from './categorical-generalized-crossentropy';
import { categoricalHinge } from './categorical-hinge';
import { circle } from './circle';
import { contrastiveLoss } from './contrastive-loss';
import { cosineSimilarity } from './cosine-similarity';
import { ctc } from './ctc';
import { dice } from './dice';
import { elementwiseCrossentropy } from './elementwise-crossentropy';
import { formulaLoss } from './formula-loss';
import { hinge } from './hinge';
import { huber } from './huber';
import { klDivergence } from './kl-divergence';
import { logCosh } from './log-cosh';
import { meanAbsoluteError } from './mean-absolute-error';
import { meanAbsolutePercentageError } from './mean-absolute-percentage-error';
import { meanSquaredError } from './mean-squared-error';
import { meanSquaredLogarithmicError } from './mean-squared-logarithmic-error';
import { poisson } from './poisson';
import { sparseCategoricalCrossentropy } from './sparse-categorical-crossentropy';
import { squaredHinge } from './squared-hinge';
import { tripletLoss } from './triplet-loss';
import { tversky } from './tversky';

export const lossBlocks = [
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  logCosh,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  poisson,
  cosineSimilarity,
  categoricalFocalCrossentropy,
  binaryFocalCrossentropy,
  categoricalGeneralizedCrossentropy,
  elementwiseCrossentropy,
  klDivergence,
  hinge,
  squaredHinge,
  categoricalHinge,
  dice,
  tversky,
  ctc,
  contrastiveLoss,
  tripletLoss,
  circle,
  formulaLoss,
];
