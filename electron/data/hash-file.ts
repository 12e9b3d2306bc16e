/** Owns what identifies a file by its bytes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { SourceFile } from './readers/source-file';
import { spread } from './spread';

const CHUNK = 1024 ** 2;
/** Larger files are known by their length and by stretches that are spread evenly over them. */
export const HASHED_WHOLE = 2 * 1024 ** 3;
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
