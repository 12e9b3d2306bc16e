/**
 * Prepares data for training: decides the part of each row, measures on the training part, and puts together the arrays
 * that Input and loss blocks read. What was measured is kept in the state, so that other rows can be prepared alike.
 */
import type { DatasetStep } from '../../../shared/compiler/plan';
import type { PreparationState, SourceState, StepState } from '../../../shared/document/preparation';
import { PREPARATION_FORMAT, PREPARATION_VERSION } from '../../../shared/document/preparation';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { countParts } from '../columns';
import type { DataSet } from '../data-set';
import { finished, type Work } from '../work';
import { makeArray } from './arrays';
import type { ArrayUse, PreparedArray } from './arrays';
import { filled, measureFills, rowsMissing, rowsText } from './fill';
import type { Flow, FlowColumn } from './flow';
import { UNCHANGED } from './flow';
import { splitParts } from './split';
import { applyStep, isStepType, steps as stepsByType } from './steps';

export interface PreparedSet {
  /** Rows in all parts; row i is row i of the sources. */
  n: number;
  /** The part of each row, as an index into PARTS. */
  parts: Uint8Array;
  /** One per use, in their order. */
  arrays: PreparedArray[];
  state: PreparationState;
}

export type DataSets = ReadonlyMap<string, DataSet>;

/** The steps that the uses depend on, in their order. */
export function stepsBehind(steps: readonly DatasetStep[], uses: readonly ArrayUse[]): Result<DatasetStep[]> {
  const byBlock = new Map(steps.map((step) => [step.block, step]));
  const needed = new Set<string>();
  for (const { dataset } of uses) {
    for (let block: string | null = dataset; block !== null && !needed.has(block);) {
      const step: DatasetStep | undefined = byBlock.get(block);
      if (step === undefined)
        return fail('data/no-dataset', `The block ${block} brings no data. Connect a data block.`);
      needed.add(block);
      block = step.from;
    }
  }
  return ok(steps.filter(({ block }) => needed.has(block)));
}

/** Without a break. */
export const prepare = (...given: Parameters<typeof preparing>): Result<PreparedSet> =>
  finished(preparing(...given));

/** Rows on the disk are looked through where something is measured on them. */
export function* preparing(
  dataSets: DataSets,
  allSteps: readonly DatasetStep[],
  uses: readonly ArrayUse[],
): Work<Result<PreparedSet>> {
  const behind = stepsBehind(allSteps, uses);
  if (!behind.ok) return behind;
  const steps = behind.value;
  const n = checkSources(dataSets, steps);
  if (!n.ok) return n;
  const parts = decideParts(dataSets, steps, uses, n.value);
  if (!parts.ok) return parts;
  const fitted = yield* fit(dataSets, steps, parts.value);
  if (!fitted.ok) return fitted;
  const { flows, sources, states } = fitted.value;
  const arrays = makeArrays(flows, n.value, uses);
  if (!arrays.ok) return arrays;
  const state: PreparationState = {
    format: PREPARATION_FORMAT,
    version: PREPARATION_VERSION,
    sources,
    steps: states,
    arrays: uses.map((use, i) => ({ ...use, columns: [...use.columns], shape: arrays.value[i].shape })),
  };
  return ok({ n: n.value, parts: parts.value, arrays: arrays.value, state });
}

/** The number of rows, which all sources must share. */
function checkSources(dataSets: DataSets, steps: readonly DatasetStep[]): Result<number> {
  let first: DataSet | null = null;
  for (const { block, from } of steps) {
    if (from !== null) continue;
    const dataSet = dataSets.get(block);
    if (dataSet === undefined)
      return fail(
        'data/no-dataset',
        `The data of ${block} were not read. Choose its file, or remove the block.`,
      );
    const error = dataSet.facts.problems.find(({ severity }) => severity === 'error');
    if (error) return fail(error.code, error.message);
    first ??= dataSet;
    if (first.facts.n !== dataSet.facts.n) {
      const [a, b] = [first, dataSet].map(({ facts }) => `${facts.source} has ${facts.n} rows`);
      return fail(
        'data/row-counts',
        `${a}, ${b}: data that are used together need the same rows. Use one source, or equal ones.`,
      );
    }
  }
  return first === null
    ? fail('data/no-dataset', 'No data block is connected. Connect one.')
    : ok(first.facts.n);
}

const flowOfSource = ({ columns }: DataSet): Flow =>
  new Map(
    columns.map((column): [string, FlowColumn] => [column.facts.name, { column, transform: UNCHANGED }]),
  );

/** Before anything is measured, whatever the order of the steps: only training rows may be measured. */
function decideParts(
  dataSets: DataSets,
  steps: readonly DatasetStep[],
  uses: readonly ArrayUse[],
  n: number,
): Result<Uint8Array> {
  const after = new Map<string, { flow: Flow; parts: Uint8Array | null }>();
  for (const step of steps) {
    const dataSet = dataSets.get(step.block);
    const before = after.get(step.from ?? '');
    if (step.from === null && dataSet)
      after.set(step.block, { flow: flowOfSource(dataSet), parts: dataSet.parts });
    if (before === undefined) continue;
    let parts = before.parts;
    if (step.type === 'Split') {
      const split = splitParts(step, before.flow, before.parts ?? new Uint8Array(n));
      if (!split.ok) return split;
      parts = split.value;
    }
    after.set(step.block, { flow: before.flow, parts });
  }
  const decided = agreeOnParts(
    uses.map(({ dataset }) => ({ dataset, parts: after.get(dataset)?.parts ?? null })),
  );
  if (!decided.ok) return decided;
  const parts = decided.value ?? new Uint8Array(n);
  if (countParts(parts, n).train > 0) return ok(parts);
  return fail(
    'data/no-training-rows',
    `Of the ${n} rows none is left to train on. Give Split smaller shares, or add data.`,
  );
}

/** A branch without a split follows one with it. */
function agreeOnParts(
  branches: readonly { dataset: string; parts: Uint8Array | null }[],
): Result<Uint8Array | null> {
  let agreed: { dataset: string; parts: Uint8Array } | null = null;
  for (const { dataset, parts } of branches) {
    if (parts === null) continue;
    agreed ??= { dataset, parts };
    if (parts !== agreed.parts && Buffer.compare(parts, agreed.parts) !== 0) {
      const message = `${agreed.dataset} and ${dataset} split the rows differently, so a row could be trained on and tested. Use one Split for both.`;
      return fail('data/split-twice', message);
    }
  }
  return ok(agreed?.parts ?? null);
}

interface Fitted {
  flows: Map<string, Flow>;
  sources: SourceState[];
  states: StepState[];
}

function* fit(dataSets: DataSets, steps: readonly DatasetStep[], parts: Uint8Array): Work<Result<Fitted>> {
  const fitted: Fitted = { flows: new Map(), sources: [], states: [] };
  for (const { block, type, params, from } of steps) {
    const dataSet = dataSets.get(block);
    if (from === null && dataSet) {
      const source = yield* fitSource(block, dataSet, parts);
      if (!source.ok) return source;
      fitted.sources.push(source.value.state);
      fitted.flows.set(block, source.value.flow);
      continue;
    }
    const flow = from === null ? undefined : fitted.flows.get(from);
    if (from === null || flow === undefined)
      return fail('data/no-dataset', `${block} comes before its data. Compile the project again.`);
    if (!isStepType(type))
      return fail(
        'data/unknown-step',
        `${block}: the preparation ${type} is not known here. A newer version may know it.`,
      );
    const fitting = stepsByType[type].fit(params, { block, from, flow, parts });
    const state: Result<StepState> = 'ok' in fitting ? fitting : yield* fitting;
    if (!state.ok) return state;
    fitted.states.push(state.value);
    fitted.flows.set(block, applyStep(state.value, flow));
  }
  return ok(fitted);
}

function* fitSource(
  block: string,
  dataSet: DataSet,
  parts: Uint8Array,
): Work<Result<{ flow: Flow; state: SourceState }>> {
  const { source, fingerprint } = dataSet.facts;
  const flow = new Map<string, FlowColumn>();
  const columns: SourceState['columns'] = [];
  const fills = yield* measureFills(dataSet.columns, source, parts);
  if (!fills.ok) return fills;
  for (const [i, column] of dataSet.columns.entries()) {
    const { name, role, dtype, shape, classes } = column.facts;
    const fill = fills.value[i];
    columns.push({
      name,
      role,
      dtype,
      shape,
      ...(classes && { classes }),
      ...(fill !== undefined && { fill }),
    });
    flow.set(name, {
      column: fill === undefined ? column : filled(column, fill),
      transform: UNCHANGED,
    });
  }
  return ok({ flow, state: { block, source, fingerprint, columns } });
}

/** The arrays of all uses. A value that is still missing is refused: it would make the loss NaN. */
export function makeArrays(
  flows: ReadonlyMap<string, Flow>,
  n: number,
  uses: readonly ArrayUse[],
): Result<PreparedArray[]> {
  const arrays: PreparedArray[] = [];
  for (const use of uses) {
    const flow = flows.get(use.dataset);
    if (flow === undefined)
      return fail('data/no-dataset', `The block ${use.dataset} brings no data. Connect a data block.`);
    for (const name of use.columns) {
      const column = flow.get(name)?.column;
      const missing = column ? rowsMissing(column) : [];
      if (missing.length > 0) {
        return fail(
          'data/missing',
          `Column ${name} has no value in ${rowsText(missing)}. Set Missing to mean or drop in the data block, or correct the file.`,
        );
      }
    }
    const array = makeArray(flow, n, use);
    if (!array.ok) return array;
    arrays.push(array.value);
  }
  return ok(arrays);
}
