/** Owns the family's list, in the order of the palette: activations. */
import { activationFunction } from './activation';
import { elu } from './elu';
import { groupSoftmax } from './group-softmax';
import { leakyRelu } from './leaky-relu';
import { linear } from './linear';
import { prelu } from './prelu';
import { relu } from './relu';
import { sigmoid } from './sigmoid';
import { silu } from './silu';
import { softmax } from './softmax';
import { tanh } from './tanh';

export const activationBlocks = [
  relu,
  leakyRelu,
  elu,
  silu,
  sigmoid,
  tanh,
  softmax,
  groupSoftmax,
  linear,
  prelu,
  activationFunction,
];
