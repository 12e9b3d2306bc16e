/** Owns what the rules of a run look at and how they write figures. */
import type { Confusion, MetricValues } from '../protocol/run';

export interface EpochFigures {
  epoch: number;
  train: MetricValues;
  validation?: MetricValues;
  /** Of the validation part. */
  confusion?: Confusion;
}

export interface RunContext {
  /** The Train block, to which the messages belong. */
  block: string | null;
  /** Loss before or at the first step, where it is known. */
  initialLoss?: number;
  /** Loss of an answer that knows nothing, as ln(classes) of a cross-entropy, where that is known. */
  guessingLoss?: number;
  /** The learning rate to try where this one is too high; undefined where the optimizer has none. */
  lowerRate?: number;
  /** The inputs are scaled before the network or by its first layers: then nobody is told to scale them. */
  scaledInputs?: boolean;
  /** No epoch will follow: what would wait for another epoch is said now. */
  ended: boolean;
}

/** Beside this share of the loss that a run began with, nothing is left to learn: what the loss does there says nothing. */
const NEGLIGIBLE = 0.001;
export const isNegligible = (loss: number, first: number): boolean => loss >= 0 && loss < NEGLIGIBLE * first;

/** Losses are shown with three digits that count. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(2);
  return size >= 100 ? value.toFixed(0) : value.toPrecision(3);
};
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const epochs = (count: number): string => (count === 1 ? '1 epoch' : `${count} epochs`);
