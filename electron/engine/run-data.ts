/**
 * Owns the data of a run: read from their sources and prepared as the run's plan says, as the run itself saw them. Data that
 * have changed since are refused, because every figure of the run would silently mean something else.
 */
import type { Plan } from '../../shared/compiler/plan';
import type { PreparationState } from '../../shared/document/preparation';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import type { ColumnValues, DataSet } from '../data/data-set';
import { applyPreparation } from '../data/preparation/apply';
import type { PreparedSet } from '../data/preparation/prepare';
import { loadPrepared, type LoadedData } from '../data/prepared';
import { inMemory } from '../data/values';
import type { ReaderContext } from '../data/readers/reader';
import type { RowClasses } from './pictures/draw';
import { planUses } from './training/plan-samples';

export interface RunData {
  /** Made for `planUses`; its state is what was fitted on the training part. */
  prepared: PreparedSet;
  /** The sources as they were read, by data block. Row i of what was prepared is row i of each. */
  dataSets: ReadonlyMap<string, DataSet>;
}

/** The fingerprint that each data block had when the run was planned. */
export type Fingerprints = ReadonlyMap<string, string>;

function changedSource(
  dataSets: ReadonlyMap<string, DataSet>,
  known: Fingerprints,
): { ok: false; problem: Problem } | null {
  for (const [block, { facts }] of dataSets) {
    const before = known.get(block);
    if (before !== undefined && before !== facts.fingerprint) {
      return fail(
        'data/changed',
        `The data of ${facts.source} have changed since this run was made. Put the old data back, or start a new run.`,
      );
    }
  }
  return null;
}

/** Which row is in which part is drawn again from the seed of the split; the numbers of the steps are the saved ones. */
function asFitted({ prepared, dataSets }: LoadedData, saved: PreparationState | null): Result<PreparedSet> {
  if (saved === null || JSON.stringify(saved) === JSON.stringify(prepared.state)) return ok(prepared);
  const applied = applyPreparation(saved, dataSets);
  return applied.ok ? ok({ ...applied.value, parts: prepared.parts }) : applied;
}

/** `saved`: the preparation that the run fitted when it began; null fits it now. */
export async function loadRunData(
  plan: Plan,
  context: ReaderContext,
  known: Fingerprints,
  saved: PreparationState | null,
): Promise<Result<RunData>> {
  const loaded = await loadPrepared(plan.datasets, planUses(plan), context);
  if (!loaded.ok) return loaded;
  const changed = changedSource(loaded.value.dataSets, known);
  if (changed !== null) return changed;
  const prepared = asFitted(loaded.value, saved);
  if (!prepared.ok) return prepared;
  return ok({ prepared: prepared.value, dataSets: loaded.value.dataSets });
}

/** The class of each row, of the first source that has classes; null where there are none. */
export function rowClasses(dataSets: RunData['dataSets']): RowClasses | null {
  for (const { columns } of dataSets.values())
    for (const { facts, values } of columns)
      if (facts.role === 'target' && facts.classes && facts.encoding === 'index' && !isText(values))
        return { labels: facts.classes, of: inMemory(values) };
  return null;
}

const isText = (values: ColumnValues): values is string[] => Array.isArray(values);
