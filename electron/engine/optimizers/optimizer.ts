/**
 * Owns what an optimizer is: mathematics on tensors, without state of its own. The same functions serve the eager step
 * and a recorded one, because everything that changes from step to step comes in as a tensor.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { adadelta, adagrad } from './adagrad';
import { adam } from './adam';
import { adamax, adamW, nadam } from './adam-family';
import { ftrl } from './ftrl';
import { lion } from './lion';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** One tensor for each slot, in the shape of the weights. */
export type Slots = Record<string, Tensor>;

export interface Optimizer {
  /** Keras' names of the arrays that it keeps for each of the weights; they start as zeros unless `start` says else. */
  slots: readonly string[];
  /** The number that a slot is filled with before the first step. */
  start?: Readonly<Record<string, number>>;
  learningRate: number;
  /** All numbers that `update` uses, of which some depend on the step: `iteration` counts from 0. Computed in double precision, used as float32. */
  coefficients(learningRate: number, iteration: number): Record<string, number>;
  update(
    weights: Tensor,
    gradient: Tensor,
    slots: Slots,
    coefficients: Record<string, Scalar>,
  ): { weights: Tensor; slots: Slots };
}

const optimizers: Record<string, (config: unknown) => Optimizer> = {
  SGD: sgd,
  RMSprop: rmsprop,
  Adam: adam,
  AdamW: adamW,
  Adamax: adamax,
  Nadam: nadam,
  Adagrad: adagrad,
  Adadelta: adadelta,
  Lion: lion,
  Ftrl: ftrl,
};

export function optimizerOf({ block, class_name, config }: PlanTrainer['optimizer']): Optimizer {
  const make = optimizers[class_name];
  if (make === undefined) throw new Error(`the engine has no optimizer ${class_name} (block ${block})`);
  return make(config);
}
