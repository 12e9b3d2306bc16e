/**
 * Owns the data cache: `<cacheFolder>/data/<key>/` holds one flat little-endian file per array and `entry.json`. Entries
 * appear whole (written beside, then renamed); damaged ones count as absent; the longest unused go first when the cache
 * has grown too large. The cache may fail without harm: then data are decoded again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { typeOfArray } from './numbers';
import type { HeldValues } from './values';

const ENTRY_FILE = 'entry.json';
const ENTRY_VERSION = 1;
export const UNFINISHED = '.unfinished-';
const HOUR = 3_600_000;
export const CACHE_LIMIT_BYTES = 4 * 1024 ** 3;

const storedArray = z.object({
  file: z.string().regex(/^[0-9]+\.bin$/),
  type: z.enum(['uint8', 'int32', 'float32', 'string']),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
});
type StoredArray = z.infer<typeof storedArray>;
const storedEntry = z.object({
  version: z.literal(ENTRY_VERSION),
  arrays: z.array(storedArray),
  meta: z.unknown(),
});

export interface CacheEntry {
  /** Anything that JSON can hold; whoever reads it checks it. */
  meta: unknown;
  arrays: HeldValues[];
}

const typeOf = (values: HeldValues): StoredArray['type'] =>
  Array.isArray(values) ? 'string' : typeOfArray(values);

const bytesOf = (values: HeldValues): Buffer =>
  Array.isArray(values)
    ? Buffer.from(JSON.stringify(values))
    : Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** null where the bytes are not what the entry says. */
function valuesOf(bytes: Buffer, stored: StoredArray): HeldValues | null {
  if (bytes.length !== stored.bytes || sha256(bytes) !== stored.sha256) return null;
  if (stored.type === 'string') {
    const texts = z.array(z.string()).safeParse(JSON.parse(bytes.toString()));
    return texts.success ? texts.data : null;
  }
  if (stored.type === 'uint8') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  const length = bytes.length / 4;
  return stored.type === 'int32'
    ? new Int32Array(aligned.buffer, aligned.byteOffset, length)
    : new Float32Array(aligned.buffer, aligned.byteOffset, length);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const folderOf = (cacheFolder: string) => path.join(cacheFolder, 'data');

/** The entry, or null where there is none or it is damaged. */
export async function readCache(cacheFolder: string, key: string): Promise<CacheEntry | null> {
  const folder = path.join(folderOf(cacheFolder), key);
  try {
    const entry = storedEntry.parse(JSON.parse(await readFile(path.join(folder, ENTRY_FILE), 'utf8')));
    const arrays: HeldValues[] = [];
    for (const stored of entry.arrays) {
      const values = valuesOf(await readFile(path.join(folder, stored.file)), stored);
      if (values === null) return null;
      arrays.push(values);
    }
    await markUsed(path.join(folder, ENTRY_FILE));
    return { meta: entry.meta, arrays };
  } catch {
    return null;
  }
}

/** A read-only cache still serves. */
export async function markUsed(file: string) {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

/** Answers whether the entry was kept. */
export async function writeCache(
  cacheFolder: string,
  key: string,
  entry: CacheEntry,
  limitBytes = CACHE_LIMIT_BYTES,
): Promise<boolean> {
  const folder = folderOf(cacheFolder);
  const unfinished = path.join(folder, `${UNFINISHED}${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(unfinished, { recursive: true });
    const total = await writeFiles(unfinished, entry, limitBytes);
    if (total === null) return false;
    await putInPlace(unfinished, path.join(folder, key));
    await trim(folder, key, limitBytes);
    return true;
  } catch {
    return false;
  } finally {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Answers the bytes written, or null where the entry alone would fill half the cache. */
async function writeFiles(folder: string, entry: CacheEntry, limitBytes: number): Promise<number | null> {
  const buffers = entry.arrays.map(bytesOf);
  const total = buffers.reduce((sum, bytes) => sum + bytes.length, 0);
  if (total > limitBytes / 2) return null;
  const arrays: StoredArray[] = [];
  for (const [i, bytes] of buffers.entries()) {
    const file = `${i}.bin`;
    await writeFile(path.join(folder, file), bytes);
    arrays.push({ file, type: typeOf(entry.arrays[i]), bytes: bytes.length, sha256: sha256(bytes) });
  }
  await writeFile(
    path.join(folder, ENTRY_FILE),
    JSON.stringify({ version: ENTRY_VERSION, arrays, meta: entry.meta }),
  );
  return total;
}

/** A folder cannot be renamed onto one that holds files, so an older entry is moved away first. */
export async function putInPlace(from: string, to: string) {
  const away = `${from}-old`;
  await rename(to, away).catch(() => undefined);
  try {
    await rename(from, to);
  } finally {
    await rm(away, { recursive: true, force: true });
  }
}

async function trim(folder: string, keep: string, limitBytes: number) {
  const entries: { key: string; used: number; bytes: number }[] = [];
  for (const key of await readdir(folder)) {
    const place = path.join(folder, key);
    if (key.startsWith(UNFINISHED)) {
      if (Date.now() - (await stat(place)).mtimeMs > HOUR) await rm(place, { recursive: true, force: true });
      continue;
    }
    entries.push({ key, ...(await sizeOf(place)) });
  }
  let total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  for (const { key, bytes } of entries
    .filter((entry) => entry.key !== keep)
    .sort((a, b) => a.used - b.used)) {
    if (total <= limitBytes) return;
    await rm(path.join(folder, key), { recursive: true, force: true });
    total -= bytes;
  }
}

async function sizeOf(place: string): Promise<{ used: number; bytes: number }> {
  let bytes = 0;
  let used = 0;
  for (const file of await readdir(place).catch(() => [])) {
    const found = await stat(path.join(place, file)).catch(() => null);
    if (found === null) continue;
    bytes += found.size;
    if (file === ENTRY_FILE) used = found.mtimeMs;
  }
  return { used, bytes };
}
