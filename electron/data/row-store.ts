/**
 * Owns prepared rows: `<cacheFolder>/rows/<key>/` holds `rows.bin`, rows of 32-bit numbers of which each takes as many
 * bytes as the others, and `rows.json`, which says what stands in them. They appear whole (written beside, then renamed);
 * those with another length than they should have count as absent; the longest unused go when a new set needs the room.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { freeBytes } from '../setup/free-space';
import { markUsed, putInPlace, UNFINISHED } from './cache';
import { FileValues } from './file-values';
import { OpenedFile } from './opened-file';
import { bytesText } from './readers/source-file';

const [ROWS_FILE, HEAD_FILE] = ['rows.bin', 'rows.json'];
const VERSION = 1;
/** Of all prepared sets together; a single one may be larger. */
const LIMIT_BYTES = 64 * 1024 ** 3;
const HOUR = 3_600_000;
const NUMBER_BYTES = 4;

const rowsHead = z.object({
  version: z.literal(VERSION),
  n: z.number().int().positive(),
  /** Numbers in a row. */
  width: z.number().int().positive(),
  /** Whatever its writer wants to know; whoever reads it checks it. */
  about: z.unknown(),
});

export interface PreparedRows {
  /** All numbers of all rows. */
  values: FileValues;
  width: number;
  about: unknown;
}

/** May be deleted while nothing trains. */
export const rowsFolder = (cacheFolder: string): string => path.join(cacheFolder, 'rows');

function rowsIn(file: string, n: number, width: number): FileValues {
  const decode = (bytes: Uint8Array) =>
    new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / NUMBER_BYTES);
  return new FileValues([
    {
      file: new OpenedFile(file, 'Start again, or continue the run: it is made anew.'),
      begin: 0,
      length: n * width,
      bytesEach: NUMBER_BYTES,
      type: 'float32',
      decode,
    },
  ]);
}

/** null where they are not there, or not whole. */
export async function openRows(cacheFolder: string, key: string): Promise<PreparedRows | null> {
  const folder = path.join(rowsFolder(cacheFolder), key);
  try {
    const head = path.join(folder, HEAD_FILE);
    const { n, width, about } = rowsHead.parse(JSON.parse(await readFile(head, 'utf8')));
    const file = path.join(folder, ROWS_FILE);
    if ((await stat(file)).size !== n * width * NUMBER_BYTES) return null;
    await markUsed(head);
    return { values: rowsIn(file, n, width), width, about };
  } catch {
    return null;
  }
}

/** Writes the rows of one set. What is written can be read again and written anew before it is finished. */
export class RowsWriter {
  private readonly descriptor: number;
  private isOpen = true;
  /** Bytes that were appended. */
  length = 0;

  private constructor(
    private readonly place: string,
    private readonly unfinished: string,
    private readonly source: string,
    private readonly needed: number,
  ) {
    this.descriptor = openSync(path.join(unfinished, ROWS_FILE), 'wx+');
  }

  /** `needed`: about how many bytes it will write. Problems: the disk is full, or may not be written. */
  static async begin(
    cacheFolder: string,
    key: string,
    source: string,
    needed: number,
  ): Promise<Result<RowsWriter>> {
    const folder = rowsFolder(cacheFolder);
    const unfinished = path.join(folder, `${UNFINISHED}${randomBytes(8).toString('hex')}`);
    try {
      await mkdir(folder, { recursive: true });
      const free = await makeRoom(folder, key, needed);
      if (free < needed) return noRoom(source, folder, needed, free);
      await mkdir(unfinished);
      return ok(new RowsWriter(path.join(folder, key), unfinished, source, needed));
    } catch (error) {
      return { ok: false, problem: writeProblem(error, source, folder, needed) };
    }
  }

  /** Problems: of the disk. */
  append(bytes: Uint8Array): Problem | null {
    const problem = this.write(bytes, this.length);
    this.length += bytes.length;
    return problem;
  }

  write(bytes: Uint8Array, position: number): Problem | null {
    try {
      for (let at = 0; at < bytes.length;)
        at += writeSync(this.descriptor, bytes, at, bytes.length - at, position + at);
      return null;
    } catch (error) {
      return writeProblem(error, this.source, path.dirname(this.unfinished), this.needed + this.length);
    }
  }

  /** As many bytes as there are from the position on, at most those that fit. */
  read(into: Uint8Array, position: number): number {
    return readSync(this.descriptor, into, 0, into.length, position);
  }

  /** The first n rows are what is kept. */
  async finish(n: number, width: number, about: unknown): Promise<Result<PreparedRows>> {
    try {
      ftruncateSync(this.descriptor, n * width * NUMBER_BYTES);
      fsyncSync(this.descriptor);
      this.close();
      await writeFile(
        path.join(this.unfinished, HEAD_FILE),
        JSON.stringify({ version: VERSION, n, width, about }),
      );
      await putInPlace(this.unfinished, this.place);
      return ok({ values: rowsIn(path.join(this.place, ROWS_FILE), n, width), width, about });
    } catch (error) {
      return { ok: false, problem: writeProblem(error, this.source, this.place, this.needed) };
    }
  }

  /** What was not finished is gone. */
  async discard(): Promise<void> {
    this.close();
    await rm(this.unfinished, { recursive: true, force: true }).catch(() => undefined);
  }

  private close(): void {
    if (this.isOpen) closeSync(this.descriptor);
    this.isOpen = false;
  }
}

interface Stored {
  key: string;
  bytes: number;
  used: number;
}

/** The sets that are there, the longest unused first. Those that were left unfinished are cleared away. */
async function storedRows(folder: string): Promise<Stored[]> {
  const found: Stored[] = [];
  for (const key of await readdir(folder).catch(() => [])) {
    const rows = await stat(path.join(folder, key, ROWS_FILE)).catch(() => null);
    const head = await stat(path.join(folder, key, HEAD_FILE)).catch(() => null);
    if (head !== null && rows !== null && !key.startsWith(UNFINISHED))
      found.push({ key, bytes: rows.size, used: head.mtimeMs });
    else if (rows !== null && Date.now() - rows.mtimeMs > HOUR)
      await rm(path.join(folder, key), { recursive: true, force: true });
  }
  return found.sort((a, b) => a.used - b.used);
}

/** Bytes that all prepared sets take. */
export const storedBytes = async (cacheFolder: string): Promise<number> =>
  (await storedRows(rowsFolder(cacheFolder))).reduce((sum, { bytes }) => sum + bytes, 0);

/** As many as one likes where it cannot be found out. */
const roomIn = async (folder: string): Promise<number> => (await freeBytes(folder)) ?? Infinity;

/** Has the longest unused sets go until there is room for one more, and answers the bytes that are free then. */
async function makeRoom(folder: string, key: string, needed: number): Promise<number> {
  const stored = await storedRows(folder);
  let total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const one of stored) {
    const fits = total + needed <= LIMIT_BYTES && (await roomIn(folder)) >= needed;
    if (one.key !== key && fits) continue;
    await rm(path.join(folder, one.key), { recursive: true, force: true });
    total -= one.bytes;
  }
  return roomIn(folder);
}

const advice = 'or name another folder with the environment variable AXONRY_CACHE.';

function noRoom(
  source: string,
  folder: string,
  needed: number,
  free: number,
): { ok: false; problem: Problem } {
  const message = `${source} does not fit into memory, and preparing it on the disk needs about ${bytesText(needed)} in ${folder}, where ${bytesText(free)} are free. Free ${bytesText(Math.max(1, needed - free))} more, ${advice}`;
  return fail('data/disk-full', message);
}

function writeProblem(error: unknown, source: string, folder: string, needed: number): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return {
      code: 'data/disk-full',
      message: `${source} does not fit into memory, and the disk became full while it was prepared: that needs about ${bytesText(needed)} in ${folder}. Free as much there, ${advice}`,
    };
  return {
    code: 'data/cache-not-writable',
    message: `${source} does not fit into memory, and it cannot be prepared in ${folder} (${code}). Allow writing there, ${advice}`,
  };
}
