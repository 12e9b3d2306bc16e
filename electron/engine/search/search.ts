/**
 * Owns what a method is that looks for lower losses along directions: it may ask for the loss and its slope as often as it
 * likes within one step. Knows numbers, nothing of tensors and networks.
 */

/** A place in the space of all weights, with what was found there. */
export interface Point {
  weights: Float32Array;
  loss: number;
  /** The slope: as long as the weights. */
  gradient: Float32Array;
}
/** Loss and slope of all samples at these weights. */
export type Measure = (weights: Float32Array) => Point;

/** What a method remembers from step to step; a checkpoint holds it. */
export interface Memory {
  /** Each as long as the weights. */
  vectors: readonly Float32Array[];
  numbers: Float32Array;
}

export interface Search {
  /** Names of what it remembers. All is zero before the first step. */
  vectors: readonly string[];
  numbers: readonly string[];
  /** `rate` is the learning rate of the step. Where nothing lower is found the weights stay. */
  move(from: Point, memory: Memory, measure: Measure, rate: number): { to: Point; memory: Memory };
}

export function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** a + b · factor */
export const plus = (a: Float32Array, b: ArrayLike<number>, factor = 1): Float32Array =>
  a.map((value, i) => value + b[i] * factor);
