/** Keeps decoded sources in the data cache, so that a second read costs no decoding. */
import { z } from 'zod';
import { dataFacts } from '../../shared/document/facts';
import type { Result } from '../../shared/result';
import { ok } from '../../shared/result';
import { CHECKS_VERSION } from './checks/checks';
import { readCache, writeCache } from './cache';
import type { CacheEntry } from './cache';
import type { DataColumn, DataSet } from './data-set';
import { fingerprintOf } from './fingerprint';
import { sampleSize } from './statistics';
import { isHeld, type NumberValues } from './values';

export interface Identity {
  fingerprint: string;
  /** The facts name their source, so a file with another name is another entry's reader. */
  source: string;
  /** Columns, by name, whose values stay where they are: what was found out about them is kept without them. */
  onDisk?: ReadonlyMap<string, NumberValues> | null;
}

const meta = z.object({
  facts: dataFacts,
  hasParts: z.boolean(),
  hasLines: z.boolean(),
  checks: z.literal(CHECKS_VERSION),
});

const keyOf = ({ fingerprint, onDisk }: Identity): string =>
  onDisk ? fingerprintOf({ fingerprint, onDisk: [...onDisk.keys()] }) : fingerprint;

export async function readThroughCache(
  { cacheFolder }: { cacheFolder?: string },
  identity: Identity,
  decode: () => Promise<Result<DataSet>>,
): Promise<Result<DataSet>> {
  if (cacheFolder === undefined) return decode();
  const kept = await readKept(cacheFolder, identity);
  if (kept) return ok(kept);
  const decoded = await decode();
  if (decoded.ok) await keep(cacheFolder, identity, decoded.value);
  return decoded;
}

/** null where nothing is kept, or something else. */
export async function readKept(cacheFolder: string, identity: Identity): Promise<DataSet | null> {
  const entry = await readCache(cacheFolder, keyOf(identity));
  return entry && toDataSet(entry, identity);
}

export const keep = (cacheFolder: string, identity: Identity, set: DataSet): Promise<boolean> =>
  writeCache(cacheFolder, keyOf(identity), toEntry(set));

function toEntry({ facts, columns, parts, lines }: DataSet): CacheEntry {
  const arrays = columns.flatMap(({ values }) => (isHeld(values) ? [values] : []));
  const heldLines = lines !== undefined && isHeld(lines) ? [lines] : [];
  return {
    meta: { facts, hasParts: parts !== null, hasLines: heldLines.length > 0, checks: CHECKS_VERSION },
    arrays: [...arrays, ...(parts === null ? [] : [parts]), ...heldLines],
  };
}

function toDataSet(
  { meta: stored, arrays }: CacheEntry,
  { fingerprint, source, onDisk }: Identity,
): DataSet | null {
  const checked = meta.safeParse(stored);
  if (!checked.success) return null;
  const { facts, hasParts, hasLines } = checked.data;
  if (facts.fingerprint !== fingerprint || facts.source !== source) return null;
  const held = [...arrays];
  const columns: DataColumn[] = [];
  for (const column of facts.columns) {
    const values = onDisk?.get(column.name) ?? held.shift();
    if (values?.length !== facts.n * sampleSize(column.shape)) return null;
    columns.push({ facts: column, values });
  }
  if (held.length !== Number(hasParts) + Number(hasLines)) return null;
  const parts = hasParts ? held[0] : null;
  if (parts !== null && !(parts instanceof Uint8Array && parts.length === facts.n)) return null;
  const lines = hasLines ? held[held.length - 1] : undefined;
  if (lines !== undefined && !(lines instanceof Int32Array && lines.length === facts.n)) return null;
  return { facts, columns, parts, lines };
}
