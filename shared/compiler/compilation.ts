/** Owns what compiling a document answers: everything that canvas, inspector and problems panel show, and the plan. */
import type { DataFacts } from '../document/facts';
import type { PortKind, WeightSpec } from '../blocks/block';
import type { Diagnostic } from './diagnostic';
import type { Dtype } from './dtypes';
import type { Plan } from './plan';
import type { PartRows } from './run-time';
import type { Shape } from './shape';

export interface BlockResult {
  /** Shapes of the tensors that come in, by input port; several where the port takes many wires. */
  inputs: Record<string, Shape[]>;
  /** Shape of the tensor that goes out; null where there is none or it is not known. */
  output: Shape | null;
  /** The data after this block, for dataset blocks. */
  facts: DataFacts | null;
  weights: readonly WeightSpec[];
  parameters: number;
  trainableParameters: number;
  /** Per sample. */
  multiplyAdds: number;
  /** float32 output for one sample, in bytes. */
  outputBytes: number;
  /** What one sample leaves behind for the gradient, in bytes: the output, or more. */
  activationBytes: number;
  /** What the optimizers keep beside its weights, in bytes. */
  optimizerBytes: number;
  /** What kind of number the tensor that goes out holds; null where there is none or it is not known. */
  dtype: Dtype | null;
  /** That tensor carries a mask of the steps that are only padding. */
  masked: boolean;
  /** Worst diagnostic that belongs to the block. */
  severity: 'error' | 'warning' | 'hint' | null;
}

export interface WireResult {
  kind: PortKind;
  /** For tensor wires. */
  shape: Shape | null;
  /** For tensor wires. */
  dtype: Dtype | null;
  masked: boolean;
  /** The shape is what its source block was given: drawn faint. */
  unchanged: boolean;
  /** A diagnostic blames this wire. */
  wrong: boolean;
}

type PlanTotals = Plan['totals'];

export interface Totals extends PlanTotals {
  /** What the optimizers keep beside the weights. */
  optimizerBytes: number;
}

export interface Compilation {
  /** null while any diagnostic is an error, or an Input has no data. */
  plan: Plan | null;
  /** Rows in each part of what the first loss learns from; null where there is no plan. */
  rows: PartRows | null;
  diagnostics: Diagnostic[];
  blocks: Record<string, BlockResult>;
  wires: Record<string, WireResult>;
  totals: Totals;
  /** Rules that were looked at, for "No problems. 12 checks ran." */
  checks: number;
}
