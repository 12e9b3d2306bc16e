/** Reads and prepares what a plan needs, keeping calculated arrays in the data cache for the other engine roles. */
import { z } from 'zod';
import type { DatasetStep } from '../../shared/compiler/plan';
import { preparationState } from '../../shared/document/preparation';
import type { Result } from '../../shared/result';
import { fail, ok } from '../../shared/result';
import { readCache, writeCache } from './cache';
import type { CacheEntry } from './cache';
import type { ColumnValues, DataSet } from './data-set';
import { readSource } from './facts';
import { fingerprintOf } from './fingerprint';
import { applyPreparation } from './preparation/apply';
import type { ArrayUse, PreparedArray } from './preparation/arrays';
import type { DataSets, PreparedSet } from './preparation/prepare';
import { preparing, stepsBehind } from './preparation/prepare';
import type { ReaderContext } from './readers/reader';
import { sampleSize } from './statistics';
import { isHeld, isOnDisk } from './values';
import { inStretches } from './work';

/** Raised whenever the same steps give other values than before. */
const PREPARED_VERSION = 2;

export interface LoadedData {
  prepared: PreparedSet;
  /** The sources as they were read, by block: for showing samples. */
  dataSets: Map<string, DataSet>;
}

/** Reads the sources behind the uses, each once. */
export async function readSources(
  steps: readonly DatasetStep[],
  uses: readonly ArrayUse[],
  context: ReaderContext,
): Promise<Result<Map<string, DataSet>>> {
  const behind = stepsBehind(steps, uses);
  if (!behind.ok) return behind;
  const dataSets = new Map<string, DataSet>();
  for (const { block, reader, params, from } of behind.value) {
    if (from !== null) continue;
    if (reader === undefined)
      return fail('data/unknown-reader', `${block} names no reader. Compile the project again.`);
    const read = await readSource(reader, params, context);
    if (!read.ok) return read;
    dataSets.set(block, read.value);
  }
  return ok(dataSets);
}

export async function loadPrepared(
  steps: readonly DatasetStep[],
  uses: readonly ArrayUse[],
  context: ReaderContext,
): Promise<Result<LoadedData>> {
  const read = await readSources(steps, uses, context);
  if (!read.ok) return read;
  const dataSets = read.value;
  const { cacheFolder } = context;
  const key = preparedKey(steps, uses, dataSets);
  const entry = cacheFolder === undefined ? null : await readCache(cacheFolder, key);
  const kept = entry && fromEntry(entry, uses, dataSets);
  if (kept) return ok({ prepared: kept, dataSets });
  const names = [...dataSets.values()].map(({ facts }) => facts.source).join(', ');
  const worked = await inStretches(preparing(dataSets, steps, uses), 'Preparing', names, context);
  if (!worked.ok) return worked;
  const prepared = worked.value;
  if (!prepared.ok) return prepared;
  if (cacheFolder !== undefined) await writeCache(cacheFolder, key, toEntry(prepared.value, dataSets));
  return ok({ prepared: prepared.value, dataSets });
}

/** Changes with the data, the steps, the uses and whether the values are in memory; not with where a file lies. */
export function preparedKey(
  steps: readonly DatasetStep[],
  uses: readonly ArrayUse[],
  dataSets: DataSets,
): string {
  const sources = [...dataSets].map(([block, { facts, columns }]) => ({
    block,
    source: facts.source,
    fingerprint: facts.fingerprint,
    onDisk: columns.some(({ values }) => isOnDisk(values)),
  }));
  const chain = steps
    .filter(({ from }) => from !== null)
    .map(({ block, type, params, from }) => ({ block, type, params, from }));
  const read = uses.map(({ dataset, columns, inputs }) => ({ dataset, columns: [...columns], inputs }));
  return fingerprintOf({ prepared: PREPARED_VERSION, sources, chain, read });
}

const storedArray = z.object({
  shape: z.array(z.number().int().positive()),
  scale: z.number(),
  offset: z.number(),
  /** Where the values are a column of a source, unchanged: they are not stored a second time. */
  same: z.object({ block: z.string(), column: z.string() }).nullable(),
});
const meta = z.object({
  n: z.number().int(),
  state: preparationState,
  /** null where some are calculated as they are read from the disk: then they are made again from the state. */
  arrays: z.array(storedArray).nullable(),
});

function toEntry({ n, parts, arrays, state }: PreparedSet, dataSets: DataSets): CacheEntry {
  const stored = arrays.map(({ values, shape, scale, offset }) => ({
    shape,
    scale,
    offset,
    same: findSame(values, dataSets),
  }));
  const own: ColumnValues[] = arrays.filter((_, i) => stored[i].same === null).map(({ values }) => values);
  return own.every(isHeld)
    ? { meta: { n, state, arrays: stored }, arrays: [parts, ...own] }
    : { meta: { n, state, arrays: null }, arrays: [parts] };
}

function findSame(
  values: PreparedArray['values'],
  dataSets: DataSets,
): { block: string; column: string } | null {
  for (const [block, { columns }] of dataSets) {
    const column = columns.find((candidate) => candidate.values === values);
    if (column) return { block, column: column.facts.name };
  }
  return null;
}

function fromEntry(entry: CacheEntry, uses: readonly ArrayUse[], dataSets: DataSets): PreparedSet | null {
  const checked = meta.safeParse(entry.meta);
  if (!checked.success) return null;
  const { n, state, arrays: stored } = checked.data;
  const [parts, ...own]: ColumnValues[] = entry.arrays;
  if (!(parts instanceof Uint8Array) || parts.length !== n) return null;
  if (stored === null) {
    const made = applyPreparation(state, dataSets);
    return made.ok ? { ...made.value, parts } : null;
  }
  if (stored.length !== uses.length) return null;
  const arrays: PreparedArray[] = [];
  for (const { shape, scale, offset, same } of stored) {
    const values = same === null ? own.shift() : columnValues(dataSets, same);
    if (values === undefined || Array.isArray(values) || values.length !== n * sampleSize(shape)) return null;
    arrays.push({ values, shape, scale, offset });
  }
  return { n, parts, arrays, state };
}

const columnValues = (dataSets: DataSets, { block, column }: { block: string; column: string }) =>
  dataSets.get(block)?.columns.find(({ facts }) => facts.name === column)?.values;
