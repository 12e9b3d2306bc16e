/**
 * Owns the step interface: the training loop knows nothing else of how a network learns. The eager step stands behind it
 * now; a step recorded as one TensorFlow graph can take its place.
 */
import type { WeightValues } from '../network/network';
import type { Problem, Result } from '../../../shared/result';

export interface Scalars {
  /** Mean over the samples of the batch, class weights and penalties included. Not finite: the weights were left alone. */
  loss: number;
  /** Sums over the samples, by metric name. */
  metrics: Record<string, number>;
}

/** Of the first Train block, and of those that take turns with it. */
export interface StepScalars extends Scalars {
  /** By Train block; absent where there is one. */
  beside?: Record<string, Scalars>;
}

/** Whether every loss of a step is a number. */
export const isFiniteStep = ({ loss, beside = {} }: StepScalars): boolean =>
  Number.isFinite(loss) && Object.values(beside).every((other) => Number.isFinite(other.loss));

export interface StepState {
  /** Weights by `block/name`, optimizer slots by the keys that `slotKey` makes. */
  tensors: WeightValues;
  /** Steps so far. It also names the random numbers of the next step. */
  iteration: number;
}

/** A state that costs no copying: the arrays stay where they are. */
export interface StepMark {
  release(): void;
}

/** What became infinite or undefined first. */
export type NotFinite = {
  block: string;
  tensor: string;
  /** Largest input value of that batch, in size. */
  largestInput: number;
  /** Largest label of that batch, in size. */
  largestLabel: number;
  /** Largest weight before that step, in size. */
  largestWeight: number;
};

export interface TrainingStep {
  readonly kind: 'eager' | 'recorded';
  readonly iteration: number;
  /** Of the first Train block. */
  readonly learningRate: number;
  /** By Train block: for the next step. */
  readonly rates: Readonly<Record<string, number>>;
  askRate(trainer: string, rate: number): void;
  /** A turn of every Train block on these rows: one update, where there is one. */
  step(rows: Int32Array): StepScalars;
  /** How many batches of which size it takes at once with gain; null where there is none. */
  readonly together: { size: number; steps: number } | null;
  /** A step on each of these batches, as `step` does them in a row, up to the first loss that is not finite. */
  steps(batches: readonly Int32Array[]): StepScalars[];
  /** Why some batches are not done as `kind` says. */
  readonly notRecorded: Problem | null;
  mark(): StepMark;
  returnTo(mark: StepMark): void;
  /** Does the step as `step` does and looks at every tensor on the way. null: all is finite. */
  examine(rows: Int32Array): NotFinite | null;
  /** Puts the weights of now into the network, for those who compute with it. Between steps they may be elsewhere. */
  settle(): void;
  readState(): StepState;
  /** Problems: `run/other-network`. */
  writeState(state: StepState): Result<null>;
  dispose(): void;
}

/** The key of an optimizer slot in a state. `owner`: its Train block, where several take turns. */
export const slotKey = (slot: string, weight: string, owner: string | null = null): string =>
  `optimizer${owner === null ? '' : `@${owner}`}/${slot}/${weight}`;

/** What `slotKey` made a key of; null for the key of a weight. */
export function slotOf(key: string): { slot: string; weight: string } | null {
  const [, slot, weight] = /^optimizer(?:@[^/]+)?\/([^/]+)\/(.+\/.+)$/.exec(key) ?? [];
  return weight === undefined ? null : { slot, weight };
}
