/** Owns what a layer is told when it is called, beside its inputs. */
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

export interface LayerCall {
  /** Dropout drops and batch statistics are used only then. */
  training: boolean;
  /** The step counter of the run, int32: it names the random numbers of this step. */
  step: Scalar;
  /** Samples in the batch. */
  rows: number;
  /** For each input, which of its steps count: [batch, steps], 1 or 0; null where all do. */
  masks: readonly (Tensor | null)[];
  /** A new value for a weight that no gradient changes (moving averages). It is assigned after the step, not while it runs. */
  update(variable: Variable, value: Tensor): void;
  /**
   * What this layer left of the batch before, [rows, ...]: zeros at the beginning of an epoch and of an evaluation. Only for
   * states that its adapter names.
   */
  carried(state: string): Tensor;
  /** What the next batch is to go on with. */
  leave(state: string, value: Tensor): void;
  /** A term that is added to the loss beside what the loss blocks ask for. */
  penalise(term: Scalar): void;
}
