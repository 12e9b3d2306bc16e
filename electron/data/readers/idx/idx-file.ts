/** Reads one IDX file from the disk, packed with gzip or not, and hashes its bytes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Result } from '../../../../shared/result';
import { fail } from '../../../../shared/result';
import type { SourceFile } from '../source-file';
import { fileProblem } from '../source-file';
import { spread } from '../../spread';
import { decodeIdx } from './idx-array';
import type { IdxArray } from './idx-array';

const CHUNK = 1024 ** 2;

/** Told by its first bytes: downloads are often renamed. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Larger files are known by their length and by stretches that are spread evenly over them. */
const HASHED_WHOLE = 2 * 1024 ** 3;
const STRETCHES = 1024;
const STRETCH = 64 * 1024;

export const hashFile = ({ path, size }: SourceFile): Promise<string> =>
  size > HASHED_WHOLE ? hashSpread(path, size) : hashWhole(path);

async function hashSpread(path: string, size: number): Promise<string> {
  const hash = createHash('sha256').update(`${size} bytes`);
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(STRETCH);
    for (let i = 0; i < STRETCHES; i++) {
      const { bytesRead } = await file.read(buffer, 0, STRETCH, spread(i, STRETCHES, size - STRETCH));
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function hashWhole(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  return hash.digest('hex');
}

const isUnpackingError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

/** `most`: bytes that it may take in memory. */
export async function readIdxFile(
  file: SourceFile,
  signal?: AbortSignal,
  most?: number,
): Promise<Result<IdxArray>> {
  try {
    const packed = await isGzip(file.path);
    const stored = createReadStream(file.path, { highWaterMark: CHUNK });
    const gunzip = packed ? createGunzip({ chunkSize: CHUNK }) : null;
    stored.once('error', (error) => gunzip?.destroy(error));
    const stop = () => (gunzip ?? stored).destroy(new Error('stopped'));
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await decodeIdx(gunzip === null ? stored : stored.pipe(gunzip), file.name, most);
    } finally {
      signal?.removeEventListener('abort', stop);
      stored.destroy();
    }
  } catch (error) {
    if (signal?.aborted) return fail('data/stopped', `Reading ${file.name} was stopped before it ended.`);
    if (!isUnpackingError(error)) return fileProblem(error, file.path);
    return fail(
      'data/damaged-gzip',
      `${file.name} cannot be unpacked: the gzip file is damaged or cut short. Get it again.`,
    );
  }
}
