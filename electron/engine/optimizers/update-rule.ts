/**
 * Owns what the mathematics of an optimizer is: functions on tensors, without state of their own. The same functions serve
 * the eager step and a recorded one, because everything that changes from step to step comes in as a tensor.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';

/** One tensor for each slot, in the shape of the weights unless the rule says else. */
export type Slots = Record<string, Tensor>;

export interface UpdateRule {
  /** Keras' names of the arrays that it keeps for each of the weights; they start as zeros unless `start` says else. */
  slots: readonly string[];
  /** What a slot is filled with before the first step: a number, or the weights themselves. */
  start?: Readonly<Record<string, number | 'weights'>>;
  /** Of a slot, where it is not that of the weights. `key` is the weights' `block/name`. */
  slotShape?(slot: string, weights: readonly number[], key: string): readonly number[];
  /** All numbers that `update` uses, of which some depend on the step: `iteration` counts from 0. Computed in double precision, used as float32. */
  coefficients(learningRate: number, iteration: number): Record<string, number>;
  update(
    weights: Tensor,
    gradient: Tensor,
    slots: Slots,
    coefficients: Record<string, Scalar>,
    key: string,
  ): { weights: Tensor; slots: Slots };
}
