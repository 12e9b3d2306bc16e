/**
 * Owns what a block can say about itself. One definition serves the palette, the inspector, the canvas label, the shape
 * check, the cost table, the engine, the exporters and the help page.
 */
import type { Json } from '../document/document';
import type { ColumnFacts, DataFacts, DataProblem } from '../document/facts';
import type { Shape } from '../compiler/shape';
import type { Severity } from '../compiler/diagnostic';
import type { Curve } from './activation/curves';
import type { Plateau } from '../schedules/schedules';
import type { Parameters, ValuesOf } from './parameter';

export const CATEGORIES = [
  'Data',
  'Preparation',
  'Augmentation',
  'Core',
  'Convolution',
  'Pooling',
  'Sequence',
  'Activation',
  'Normalization',
  'Regularization',
  'Tensor',
  'Merge',
  'Loss',
  'Optimizer',
  'Training',
  'Composite',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const PORT_KINDS = ['tensor', 'dataset', 'loss', 'optimizer', 'metric'] as const;
export type PortKind = (typeof PORT_KINDS)[number];

export interface Port {
  /** Named in wires: `input`, `output`, `prediction`, `labels`. Never changes. */
  name: string;
  kind: PortKind;
  /** Several wires may end here (Add, Concatenate, losses of a Train block). */
  many?: boolean;
  /** Without it a missing wire is an error. */
  optional?: boolean;
  /** Where it has no wire of its own, it reads what arrives at this port. */
  instead?: string;
}
export interface Ports {
  inputs: readonly Port[];
  outputs: readonly Port[];
}

/** A trainable or updated array. `shape` has no batch axis; the name is Keras' (`kernel`, `bias`, `gamma`, `moving_mean`). */
export interface WeightSpec {
  name: string;
  shape: readonly number[];
  trainable: boolean;
}

/** `class_name` and `config` as Keras 3 writes them, without `name`, `trainable`, `dtype`. */
export interface KerasConfig {
  class_name: string;
  registered_name?: string;
  config: Record<string, Json>;
  /** Arguments that Keras gives to the call and not to the layer: `use_causal_mask`. */
  call?: Record<string, Json>;
}

/** A fix as a definition can state it, without knowing the document. The compiler turns it into an edit. */
export type FixProposal =
  | { label: string; kind: 'insert-before'; type: string; params?: Record<string, Json>; port?: string }
  | { label: string; kind: 'set-param'; name: string; value: Json }
  /** Another block type in its place: id and wires stay. Without `params` nothing but the defaults. */
  | { label: string; kind: 'replace'; type: string; params?: Record<string, Json> }
  /** A parameter of the layer that feeds `port`, back through layers that keep its steps. Nothing where it has that value. */
  | { label: string; kind: 'set-before'; port: string; name: string; value: Json }
  /** Takes out the block that feeds `port`, where it is of one of these types. */
  | { label: string; kind: 'remove-before'; port: string; types: readonly string[] }
  /** `units` or `filters` of the layer that decides the last axis of what arrives at `port`. The compiler names it. */
  | { kind: 'set-width'; port: string; width: number };

/** A diagnostic as a definition can state it: the compiler adds the block. */
export interface Finding {
  code: string;
  severity: Severity;
  port?: string;
  message: string;
  why: string;
  fixes?: readonly FixProposal[];
}

/** What a layer makes of its input shapes. */
export interface Inference {
  shape: Shape;
  weights: readonly WeightSpec[];
  /** Multiplications with additions, per sample. */
  multiplyAdds: number;
  /** Values per sample that training keeps for the gradient, where they are not just the output. */
  keptValues?: number;
  /** Remarks that do not stop the network from working. */
  findings?: readonly Finding[];
}
export type InferenceResult = { ok: true; value: Inference } | { ok: false; finding: Finding };

/** An input as a finding names it. */
export interface InputShape {
  shape: Shape;
  /** title of the block that it comes from */ from: string;
  /** The axis after the batch counts the steps of a sequence. */
  isSequence?: boolean;
  /** A block before put zeros around it on purpose. */
  hasZeroEdge?: boolean;
}

export interface SourceBehaviour<V> {
  kind: 'source';
  /** The reader in `electron/data/`: `digits`, `idx`, `csv`, `toy`, `sequences`. Its parameters are the block's. */
  reader: string;
  /** A sentence while there is nothing to read yet (no file chosen), else null. */
  unready(values: V): string | null;
  /** What can be done in the block itself about a problem that its reader found. */
  remedies?(problem: Pick<DataProblem, 'code' | 'severity'>, values: V): readonly FixProposal[];
}
export interface PreparationBehaviour<V> {
  kind: 'preparation';
  /** True where it decides which part a row belongs to. */
  assignsParts?: boolean;
  /** The facts after this step; statistics that are only known after fitting are estimated from the facts before it. */
  facts(before: DataFacts, values: V): { facts: DataFacts; findings: readonly Finding[] };
}
export interface InputBehaviour<V> {
  kind: 'input';
  /** The columns that it reads and their joint shape, batch first. */
  read(
    facts: DataFacts,
    values: V,
  ): { ok: true; columns: readonly ColumnFacts[]; shape: Shape } | { ok: false; finding: Finding };
  /** The shape while no data are wired to it, batch first; null where none is given. */
  withoutData(values: V): Shape | null;
}
/** The layer whose weights another one uses. */
export interface Lender {
  /** What sentences call it. */
  label: string;
  behaviour: LayerBehaviour<Values>;
  values: Values;
  weights: readonly WeightSpec[];
}

export interface LayerBehaviour<V> {
  kind: 'layer';
  /** The block whose weights it uses, or null while none is chosen; absent where it has all its weights itself. */
  lender?(values: V): string | null;
  /** `lender` is null where none is chosen, or where the chosen one has no weights of its own. */
  infer(inputs: readonly InputShape[], values: V, lender?: Lender | null): InferenceResult;
  keras(values: V, lender?: Lender | null): KerasConfig;
  /** The activation that the parameters switch on, or that this block is; null for none. */
  activation(values: V): string | null;
  /** The function of one value that an activation applies, for drawing it. */
  curve?(values: V): Curve;
  /** True where the map is affine (Dense, Conv2D with linear activation): two in a row collapse into one. */
  affine: boolean;
}
/** What a loss wants of the end of the network: a squashed value, the value before it, or one with or without bounds. */
export type LossReads =
  'softmax' | 'sigmoid' | 'softmax or sigmoid' | 'logits' | 'scores' | 'positive' | 'values' | 'anything';
export interface LossKind {
  /** What the labels look like. */
  labels: 'one-hot' | 'index' | 'binary' | 'values';
  /** `transcription` is a sequence of classes of another length; `other` is judged by nothing but its loss. */
  task: 'classification' | 'binary' | 'regression' | 'transcription' | 'other';
}
export interface LossBehaviour<V> extends LossKind {
  kind: 'loss';
  keras(values: V): KerasConfig;
  /** What the values on the prediction port mean, so that matrices show probabilities either way. A score above 0 is a yes. */
  predictionMeans(values: V): 'probabilities' | 'logits' | 'scores' | 'values';
  reads(values: V): LossReads;
  /** True where a sample has one figure and its places none of their own. */
  ofWholeSamples?: boolean;
  /** Where the column decides which kind it is. */
  ofLabel?(label: ColumnFacts, values: V): Partial<LossKind>;
  /** Prediction and label fit together? `others` are further outputs of the network that it reads. */
  check(
    prediction: InputShape,
    label: ColumnFacts,
    values: V,
    others?: readonly InputShape[],
  ): readonly Finding[];
}
export interface OptimizerBehaviour<V> {
  kind: 'optimizer';
  keras(values: V): KerasConfig;
  /** `learning_rate` of that config: a number, or a schedule that `rateOf` reads. */
  learningRate(values: V): Json;
  /** Measures several places within one step. */
  searches: boolean;
  /** What Train does with the rate when nothing gets better; null: nothing. */
  plateau(values: V): Plateau | null;
}
export interface TrainBehaviour {
  kind: 'train';
}

/** Passes on what arrives. In a plan it does not appear. */
export interface JunctionBehaviour {
  kind: 'junction';
}
/** Made of the blocks of a composite of the document; the compiler puts these in its place. */
export interface CompositeBehaviour {
  kind: 'composite';
  composite: string;
}

export type Behaviour<V> =
  | SourceBehaviour<V>
  | PreparationBehaviour<V>
  | InputBehaviour<V>
  | LayerBehaviour<V>
  | LossBehaviour<V>
  | OptimizerBehaviour<V>
  | TrainBehaviour
  | JunctionBehaviour
  | CompositeBehaviour;

export interface BlockDefinition<P extends Parameters = Parameters, V = ValuesOf<P>> {
  /** The Keras class name where one exists. */
  type: string;
  version: number;
  title: string;
  category: Category;
  /** Other words that people search for: `swish` for silu, `fully connected` for Dense. */
  search: readonly string[];
  /** One sentence for the palette and the top of the help page. */
  summary: string;
  /** What it computes, in one line of plain text; left out where a formula stands in the help. */
  formula?: string | undefined;
  /** What it does, formula, shapes, typical mistakes: paragraphs of plain text, `code` in backticks. */
  help: string;
  /** Paper, book chapter or documentation that the help and the formulas follow. */
  source: string;
  parameters: P;
  ports(values: V): Ports;
  /** The one line under the title on the canvas: `64 filters, 3 × 3`; empty for operators without parameters. */
  caption(values: V): string;
  behaviour: Behaviour<V>;
}

/** Parameter values with every default filled in. */
export type Values = Readonly<Record<string, Json>>;

/** A definition whose parameter types were forgotten, as the catalogue's tables hold it. */
export type AnyBlockDefinition = BlockDefinition<Parameters, Values>;

/** Keeps the parameter types while a definition is written down. `checkValue` guards them where values come in. */
export const defineBlock = <const P extends Parameters>(definition: BlockDefinition<P>): AnyBlockDefinition =>
  definition as unknown as AnyBlockDefinition;
