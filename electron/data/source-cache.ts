/** Keeps decoded sources in the data cache, so that a second read costs no decoding. */
import { z } from 'zod';
import { dataFacts } from '../../shared/document/facts';
import type { Result } from '../../shared/result';
import { ok } from '../../shared/result';
import { CHECKS_VERSION } from './checks/checks';
import { readCache, writeCache } from './cache';
import type { CacheEntry } from './cache';
import type { DataColumn, DataSet } from './data-set';
import { sampleSize } from './statistics';

interface Identity {
  fingerprint: string;
  /** The facts name their source, so a file with another name is another entry's reader. */
  source: string;
}

const meta = z.object({ facts: dataFacts, hasParts: z.boolean(), checks: z.literal(CHECKS_VERSION) });

export async function readThroughCache(
  { cacheFolder }: { cacheFolder?: string },
  identity: Identity,
  decode: () => Promise<Result<DataSet>>,
): Promise<Result<DataSet>> {
  if (cacheFolder === undefined) return decode();
  const entry = await readCache(cacheFolder, identity.fingerprint);
  const kept = entry && toDataSet(entry, identity);
  if (kept) return ok(kept);
  const decoded = await decode();
  if (decoded.ok) await writeCache(cacheFolder, identity.fingerprint, toEntry(decoded.value));
  return decoded;
}

function toEntry({ facts, columns, parts }: DataSet): CacheEntry {
  const arrays = columns.map((column) => column.values);
  return {
    meta: { facts, hasParts: parts !== null, checks: CHECKS_VERSION },
    arrays: parts === null ? arrays : [...arrays, parts],
  };
}

function toDataSet({ meta: stored, arrays }: CacheEntry, { fingerprint, source }: Identity): DataSet | null {
  const checked = meta.safeParse(stored);
  if (!checked.success) return null;
  const { facts, hasParts } = checked.data;
  if (facts.fingerprint !== fingerprint || facts.source !== source) return null;
  if (arrays.length !== facts.columns.length + (hasParts ? 1 : 0)) return null;
  const columns = facts.columns.map((column, i): DataColumn => ({ facts: column, values: arrays[i] }));
  if (columns.some((column) => column.values.length !== facts.n * sampleSize(column.facts.shape)))
    return null;
  const parts = hasParts ? arrays[arrays.length - 1] : null;
  if (parts !== null && !(parts instanceof Uint8Array && parts.length === facts.n)) return null;
  return { facts, columns, parts };
}
