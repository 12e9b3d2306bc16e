/** Reads one IDX file from the disk, packed with gzip or not. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Result } from '../../../../shared/result';
import { fail } from '../../../../shared/result';
import type { SourceFile } from '../source-file';
import { fileProblem } from '../source-file';
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
