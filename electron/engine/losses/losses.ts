/**
 * Owns the table of losses: for each Keras 3 class the loss of every sample as a tensor [batch], differentiable. Formulas,
 * clipping and smoothing are Keras' (keras/src/losses, TensorFlow backend).
 */
import type { PlanLoss } from '../../../shared/compiler/plan';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  klDivergence,
  sparseCategoricalCrossentropy,
} from './crossentropy';
import { ctc } from './ctc';
import {
  cosineSimilarity,
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from './distance';
import { circle, contrastive, triplet } from './embedding';
import { formulaLoss } from './formula';
import { ofSamples, type PlaceLosses, type SampleLosses } from './judged';
import { categoricalHinge, hinge, squaredHinge } from './margin';
import { dice, tversky } from './overlap';

/** `alone`: of each sample by itself, also where a batch is learned from as one. */
type MakeLoss = (config: unknown, alone: boolean) => PlaceLosses;

const losses = {
  CategoricalCrossentropy: categoricalCrossentropy,
  SparseCategoricalCrossentropy: sparseCategoricalCrossentropy,
  BinaryCrossentropy: binaryCrossentropy,
  CategoricalFocalCrossentropy: categoricalFocalCrossentropy,
  BinaryFocalCrossentropy: binaryFocalCrossentropy,
  CategoricalGeneralizedCrossEntropy: categoricalGeneralizedCrossEntropy,
  KLDivergence: klDivergence,
  MeanSquaredError: meanSquaredError,
  MeanAbsoluteError: meanAbsoluteError,
  MeanAbsolutePercentageError: meanAbsolutePercentageError,
  MeanSquaredLogarithmicError: meanSquaredLogarithmicError,
  Huber: huber,
  LogCosh: logCosh,
  Poisson: poisson,
  CosineSimilarity: cosineSimilarity,
  Hinge: hinge,
  SquaredHinge: squaredHinge,
  CategoricalHinge: categoricalHinge,
  Dice: dice,
  Tversky: tversky,
  CTC: ctc,
  Circle: circle,
  ContrastiveLoss: contrastive,
  TripletLoss: triplet,
  FormulaLoss: formulaLoss,
} satisfies Record<string, MakeLoss>;
export type LossClass = keyof typeof losses;

type Described = Pick<PlanLoss, 'block' | 'class_name' | 'config'>;

function made({ block, class_name, config }: Described, alone: boolean): SampleLosses {
  if (!Object.hasOwn(losses, class_name))
    throw new Error(`the engine has no loss ${class_name} (block ${block})`);
  const make: MakeLoss = losses[class_name as LossClass];
  return ofSamples(make(config, alone));
}

/** The loss of a plan as a function of tensors; its mean over a batch is what is learned from. */
export const lossFunction = (loss: Described): SampleLosses => made(loss, false);

/** The loss of each sample by itself, by which the worst ones are found. */
export const singleLosses = (loss: Described): SampleLosses => made(loss, true);

/** A loss by its class, as metrics use it. */
export const lossOfClass = (class_name: LossClass): SampleLosses =>
  made({ block: class_name, class_name, config: {} }, true);
