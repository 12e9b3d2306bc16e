/** Owns the family's list, in the order of the palette: activations. */
import { activationFunction } from './activation';
import { binaryThreshold } from './binary-threshold';
import { elu } from './elu';
import { gelu } from './gelu';
import { glu } from './glu';
import { groupSoftmax } from './group-softmax';
import { leakyRelu } from './leaky-relu';
import { linear } from './linear';
import { prelu } from './prelu';
import { relu } from './relu';
import { scaledSigmoid } from './scaled-sigmoid';
import { sigmoid } from './sigmoid';
import { silu } from './silu';
import { softmax } from './softmax';
import { learnedSwish } from './learned-swish';
import { tanh } from './tanh';

export const activationBlocks = [
  relu,
  leakyRelu,
  elu,
  silu,
  gelu,
  sigmoid,
  tanh,
  softmax,
  groupSoftmax,
  linear,
  prelu,
  learnedSwish,
  glu,
  scaledSigmoid,
  binaryThreshold,
  activationFunction,
];
