/**
 * Owns `preparation.json` of an export: what the run's own file says, and, for whoever has no Axonry, for each input of the
 * model the columns with the numbers that make a raw value into what the network reads.
 */
import type { Plan, PlanLoss } from '../../../shared/compiler/plan';
import type {
  PreparationState,
  SourceColumnState,
  StepState,
  TextVectorizationState,
} from '../../../shared/document/preparation';
import type { DataColumn } from '../../data/data-set';
import { UNCHANGED, type Flow, type Transform } from '../../data/preparation/flow';
import { applyStep } from '../../data/preparation/steps';

export interface InputColumn {
  name: string;
  /** Of one raw value; `[]` is a single number. */
  shape: number[];
  dtype: string;
  classes?: string[];
  /** What an empty value becomes before anything else. */
  fill?: number;
  /** What the network reads is raw × scale + offset: one pair for all values, or one pair for each. */
  scale?: number[];
  offset?: number[];
  /** Instead of scale and offset: a vector of this length with a 1 at the class. */
  oneHot?: number;
  /** Instead of scale and offset: a text becomes numbers of its words, 0 padding, 1 unknown, 2 the first of the vocabulary. */
  words?: Pick<TextVectorizationState, 'output_sequence_length' | 'standardize' | 'split'> & {
    vocabulary: string[];
  };
}
export interface ModelInput {
  /** Name of the model's input. */
  name: string;
  /** Without the batch. The columns are joined along the last axis. */
  shape: (number | null)[];
  columns: InputColumn[];
}
export interface ModelOutput {
  name: string;
  shape: (number | null)[];
  means: PlanLoss['predictionMeans'];
  task: PlanLoss['task'];
  classes?: string[];
  /** The columns that it predicts. */
  columns: string[];
}
export type ExportPreparation = PreparationState & { inputs: ModelInput[]; outputs: ModelOutput[] };

/** The steps between a source and a block, the earliest first, and the source itself. */
function wayTo(state: PreparationState, block: string): { steps: StepState[]; columns: SourceColumnState[] } {
  const step = state.steps.find((candidate) => candidate.block === block);
  if (step === undefined)
    return { steps: [], columns: state.sources.find((source) => source.block === block)?.columns ?? [] };
  const before = wayTo(state, step.from);
  return { steps: [...before.steps, step], columns: before.columns };
}

/** A column without rows: only what is decided about it flows through the steps. */
const emptyColumn = ({ name, role, dtype, shape, classes }: SourceColumnState): DataColumn => ({
  facts: { name, role, dtype, shape, classes, min: null, max: null, mean: null, std: null, missing: 0 },
  values: new Float32Array(0),
});

const numbersOf = (transform: Transform): Pick<InputColumn, 'scale' | 'offset' | 'oneHot'> =>
  transform.kind === 'one-hot'
    ? { oneHot: transform.width }
    : { scale: [...transform.scale], offset: [...transform.offset] };

function wordsOf(steps: readonly StepState[], column: string): Pick<InputColumn, 'words'> | null {
  for (const step of steps) {
    if (step.type !== 'TextVectorization') continue;
    const found = step.columns.find(({ name }) => name === column);
    const { output_sequence_length, standardize, split } = step;
    if (found) return { words: { output_sequence_length, standardize, split, vocabulary: found.vocabulary } };
  }
  return null;
}

function inputColumns(state: PreparationState, dataset: string, names: readonly string[]): InputColumn[] {
  const { steps, columns } = wayTo(state, dataset);
  const raw: Flow = new Map(
    columns.map((column) => [column.name, { column: emptyColumn(column), transform: UNCHANGED }]),
  );
  const flow = steps.reduce<Flow>((before, step) => applyStep(step, before), raw);
  return names.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    const found = flow.get(name);
    if (column === undefined || found === undefined)
      throw new Error(`the preparation knows no column ${name}`);
    const { shape, dtype, classes, fill } = column;
    return {
      name,
      shape,
      dtype,
      ...(classes ? { classes } : {}),
      ...(fill === undefined ? {} : { fill }),
      ...(wordsOf(steps, name) ?? numbersOf(found.transform)),
    };
  });
}

function modelOutput(plan: Plan, block: string, name: string): ModelOutput {
  const shape = [
    ...plan.inputs.map((input) => ({ block: input.block, shape: input.shape })),
    ...plan.layers.map((layer) => ({ block: layer.block, shape: layer.output_shape })),
  ].find((candidate) => candidate.block === block)?.shape;
  const loss = plan.losses.find((candidate) => candidate.prediction === block);
  if (shape === undefined) throw new Error(`the plan has no ${block}`);
  // Made and judged by a network of its own, which is not taken along.
  if (loss === undefined) return { name, shape: shape.slice(1), means: 'values', task: 'other', columns: [] };
  const { predictionMeans: means, task, classes, columns } = loss;
  return { name, shape: shape.slice(1), means, task, ...(classes ? { classes } : {}), columns };
}

/** `names`: of the model's inputs and outputs, in the order of the plan's. */
export function exportPreparation(
  plan: Plan,
  state: PreparationState,
  names: { inputs: string[]; outputs: string[] },
): ExportPreparation {
  return {
    ...state,
    inputs: plan.inputs.map(({ shape, dataset, columns }, i) => ({
      name: names.inputs[i],
      shape: shape.slice(1),
      columns: inputColumns(state, dataset, columns),
    })),
    outputs: plan.outputs.map((block, i) => modelOutput(plan, block, names.outputs[i])),
  };
}
