/** Owns the list of everything that compiling can say, and the rules that look at the finished network. */
import type { Diagnostic } from '../diagnostic';
import type { Network } from '../network';
import { costWeights } from './cost-weights';
import { dataClassNumbers } from './data-class-numbers';
import { dataEmbeddingRange } from './data-embedding-range';
import { dataFitOnAll } from './data-fit-on-all';
import { dataImbalance } from './data-imbalance';
import { dataIntegerTruncation } from './data-integer-truncation';
import { dataLabelGap } from './data-label-gap';
import { dataNotShuffled } from './data-not-shuffled';
import { dataRowsDiffer } from './data-rows-differ';
import { dataScaleSpread } from './data-scale-spread';
import { dataTargetRange } from './data-target-range';
import { dataTooFew } from './data-too-few';
import { dataUnscaled } from './data-unscaled';
import { graphCycle } from './graph-cycle';
import { graphDeadBranch } from './graph-dead-branch';
import { graphDuplicateName } from './graph-duplicate-name';
import { graphMissingInput } from './graph-missing-input';
import { layerActivationTwice } from './layer-activation-twice';
import { layerBottleneck } from './layer-bottleneck';
import { layerDropout } from './layer-dropout';
import { layerFrozen } from './layer-frozen';
import { layerInit } from './layer-init';
import { layerLinearStack } from './layer-linear-stack';
import { layerMaskLost } from './layer-mask-lost';
import { layerNoSlope } from './layer-no-slope';
import { layerRegularizer } from './layer-regularizer';
import { layerStateful } from './layer-stateful';
import { lossPairing } from './loss-pairing';
import { lossThresholdOnLogits } from './loss-threshold-on-logits';
import type { Rule } from './rule';
import { trainBatch } from './train-batch';
import { trainLearningRate } from './train-learning-rate';
import { trainNewton } from './train-newton';
import { trainNoValidation } from './train-no-validation';
import { trainSchedule } from './train-schedule';
import { trainSearch } from './train-search';
import { trainSettings } from './train-settings';
import { trainTurns } from './train-turns';

/** Every code with what it stands for. Codes that a reader of data gives (`facts.problems`) are passed on beside these. */
export const CODES = {
  'block/unknown': 'a block type or version that this application does not know',
  'block/parameter': 'a parameter that is out of its range or not known',
  'graph/composite': 'a composite block that holds itself, is too deep, or has a port without an end inside',
  'graph/bypass': 'a bypassed block whose input and output are of different kinds',
  'graph/wire': 'a wire that ends nowhere or joins different kinds',
  'graph/cycle': 'blocks that feed each other in a loop',
  'graph/missing-input': 'a needed input without a wire',
  'graph/unreachable': 'a block that no data reach',
  'graph/dead-branch': 'a block whose output leads to nothing that trains',
  'graph/duplicate-name': 'two blocks with the same title',
  'graph/no-train': 'no Train block',
  'shape/mismatch': 'two connected blocks that disagree about a shape',
  'shape/not-integer': 'a window that does not divide the picture',
  'shape/shrunk-away': 'a picture that became smaller than the window',
  'shape/layout': 'channels first where channels last are read',
  'data/none': 'an Input with a shape of its own and no data',
  'data/not-read': 'a data block that is not ready or not read',
  'data/column': 'a column that is not there or does not fit',
  'data/text': 'a column of text where numbers are needed',
  'data/nothing-to-do': 'a preparation without a column to work on',
  'data/rows-differ': 'inputs and labels from different rows',
  'data/labels-not-01': 'labels that are not yes and no as a yes-or-no loss reads them',
  'data/labels-not-one-hot': 'class numbers where one-hot labels are read',
  'data/embedding-range': 'numbers that a look-up table has no row for',
  'data/unscaled': 'inputs far from size 1',
  'data/scale-spread': 'features of very different size',
  'data/integer-truncation': 'values from 0 to 1 that were stored as whole numbers',
  'data/fit-on-all': 'a preparation that measures rows which are held out later',
  'data/not-shuffled': 'rows that stand class by class, learned in that order',
  'data/too-few': 'so few samples held out, of many, that their figures say little',
  'data/imbalance': 'a class with far fewer samples than another',
  'data/label-gap': 'a class without any sample',
  'data/class-numbers': 'classes that are read as amounts',
  'data/target-range': 'targets that the last activation cannot reach',
  'block/formula': 'a formula that cannot be read, or that does not fit what it is given',
  'loss/weights': 'weights of samples that are negative',
  'loss/pairing': 'a loss that does not go with the end of the network or with the labels',
  'loss/threshold-on-logits': 'a threshold of a probability on values that are none',
  'layer/activation-twice': 'an activation after an activation',
  'layer/dense-on-map': 'Dense on a map',
  'layer/mask-lost': 'a mask of padding that ends before it was used',
  'layer/linear-stack': 'layers without anything non-linear between them',
  'layer/bottleneck': 'one or two units between much wider layers',
  'layer/dropout-high': 'a dropout that drops most values, or that stands at the end',
  'layer/init': 'first weights that are alike, or far too large or small',
  'layer/no-slope': 'a step between the loss and layers that are to learn',
  'layer/regularizer': 'a penalty on angles of what is no matrix',
  'layer/all-frozen': 'a Train block without anything that may learn',
  'layer/frozen-batchnorm': 'a frozen BatchNormalization behind a layer that learns',
  'layer/stateful': 'a layer that keeps its state, in batches that do not follow each other',
  'cost/more-weights-than-samples': 'far more weights than samples',
  'cost/too-large': 'a training that needs more memory than the machine has',
  'train/learning-rate': 'a learning rate outside the usual range of the optimizer',
  'train/newton': 'more weights than Newton’s method can take',
  'train/search': 'an optimizer that searches, in a Train block that takes turns',
  'train/batch': 'batches of one sample, of all, or too small for the optimizer',
  'train/no-validation': 'nothing held out for validation',
  'train/schedule': 'a learning rate that is nothing too early or never changes',
  'train/settings': 'a Train block that asks for what is not there',
  'train/turns': 'Train blocks that alternate and get in each other’s way',
} as const;
export type Code = keyof typeof CODES;

const rules: readonly Rule[] = [
  graphCycle,
  graphMissingInput,
  graphDeadBranch,
  graphDuplicateName,
  dataRowsDiffer,
  lossPairing,
  lossThresholdOnLogits,
  layerActivationTwice,
  layerLinearStack,
  layerMaskLost,
  layerBottleneck,
  layerDropout,
  layerInit,
  layerNoSlope,
  layerRegularizer,
  layerFrozen,
  layerStateful,
  trainNoValidation,
  trainSettings,
  trainTurns,
  trainLearningRate,
  trainBatch,
  trainNewton,
  trainSearch,
  trainSchedule,
  costWeights,
  dataEmbeddingRange,
  dataUnscaled,
  dataScaleSpread,
  dataIntegerTruncation,
  dataFitOnAll,
  dataImbalance,
  dataLabelGap,
  dataClassNumbers,
  dataTargetRange,
  dataNotShuffled,
  dataTooFew,
];

/** Phase 4: what can be said about the network as a whole. */
export const lint = (network: Network): Diagnostic[] => rules.flatMap((rule) => rule(network));
