/** Prepares other rows as the training rows were prepared: nothing is measured again. */
import type { PreparationState, SourceState } from '../../../shared/document/preparation';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataSet } from '../data-set';
import { partIndex } from '../data-set';
import { alignColumn } from './align';
import type { Flow, FlowColumn } from './flow';
import { UNCHANGED } from './flow';
import type { DataSets, PreparedSet } from './prepare';
import { makeArrays } from './prepare';
import { applyStep } from './steps';

interface ApplyOptions {
  /** The arrays of losses are left out, for rows whose target is not known. */
  inputsOnly?: boolean;
}

/** Problems that make rows unusable. Others concern training, as a single class does. */
const UNUSABLE = new Set(['data/ragged-row', 'data/not-a-number', 'data/not-finite', 'data/missing']);

/**
 * `data` are the rows of the one source, or of each source by its block. Columns are found by name and classes by their
 * names; rows without a part of their own count as test rows.
 */
export function applyPreparation(
  state: PreparationState,
  data: DataSet | DataSets,
  { inputsOnly = false }: ApplyOptions = {},
): Result<PreparedSet> {
  const uses = state.arrays.filter(({ inputs }) => inputs || !inputsOnly);
  const wanted = columnsBySource(state, uses);
  const flows = new Map<string, Flow>();
  let first: DataSet | null = null;
  for (const source of state.sources) {
    const names = wanted.get(source.block);
    if (names === undefined) continue;
    const dataSet = 'facts' in data ? data : data.get(source.block);
    if (dataSet === undefined)
      return fail('data/no-dataset', `The data of ${source.block} were not read. Choose its file.`);
    first ??= dataSet;
    if (dataSet.facts.n !== first.facts.n) {
      return fail(
        'data/row-counts',
        `${first.facts.source} has ${first.facts.n} rows and ${dataSet.facts.source} ${dataSet.facts.n}. Choose data with the same rows.`,
      );
    }
    const flow = sourceFlow(source, names, dataSet);
    if (!flow.ok) return flow;
    flows.set(source.block, flow.value);
  }
  if (first === null)
    return fail('data/no-dataset', 'The preparation names no data. Train the network again.');
  for (const step of state.steps) {
    const before = flows.get(step.from);
    if (before) flows.set(step.block, applyStep(step, before));
  }
  const { n } = first.facts;
  const arrays = makeArrays(flows, n, uses);
  if (!arrays.ok) return arrays;
  return ok({ n, parts: first.parts ?? new Uint8Array(n).fill(partIndex.test), arrays: arrays.value, state });
}

/** The columns that the uses need, by the block of their source: steps keep their names, and may add columns. */
function columnsBySource(
  state: PreparationState,
  uses: PreparationState['arrays'],
): Map<string, Set<string>> {
  const stepOf = new Map(state.steps.map((step) => [step.block, step]));
  const wanted = new Map<string, Set<string>>();
  for (const { dataset, columns } of uses) {
    let block = dataset;
    const added = new Set<string>();
    for (let step = stepOf.get(block); step !== undefined; step = stepOf.get(block)) {
      if (step.type === 'ConstantColumn') added.add(step.name);
      block = step.from;
    }
    const names = wanted.get(block) ?? new Set<string>();
    for (const name of columns) if (!added.has(name)) names.add(name);
    wanted.set(block, names);
  }
  return wanted;
}

function sourceFlow(
  { source: trainedOn, columns }: SourceState,
  names: ReadonlySet<string>,
  dataSet: DataSet,
): Result<Flow> {
  const { source, problems } = dataSet.facts;
  const error = problems.find(({ code, severity }) => severity === 'error' && UNUSABLE.has(code));
  if (error) return fail(error.code, error.message);
  const found = new Map(dataSet.columns.map((column) => [column.facts.name, column]));
  const absent = [...names].filter((name) => !found.has(name));
  if (absent.length > 0) {
    const shown = absent.slice(0, 8).join(', ') + (absent.length > 8 ? `, … (${absent.length} in all)` : '');
    const has = [...found.keys()].slice(0, 8).join(', ');
    const message = `${source} lacks ${absent.length === 1 ? 'the column' : 'the columns'} ${shown}, which ${trainedOn} had. It has ${has}. Check its first line and the setting Header.`;
    return fail('data/no-column', message);
  }
  const flow = new Map<string, FlowColumn>();
  for (const wanted of columns) {
    const column = found.get(wanted.name);
    if (column === undefined || !names.has(wanted.name)) continue;
    const aligned = alignColumn(wanted, column, source);
    if (!aligned.ok) return aligned;
    flow.set(wanted.name, { column: aligned.value, transform: UNCHANGED });
  }
  return ok(flow);
}
