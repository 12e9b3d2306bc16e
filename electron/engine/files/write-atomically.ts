/** Owns how the engine puts a file on the disk: a reader finds the old file or the whole new one, also after a power cut. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { slicesOf, type Heed } from './slices';

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'your share of the disk is used up. Free some space',
  EACCES: 'writing there is not allowed. Change the permissions or choose another folder',
  EPERM: 'writing there is not allowed. Change the permissions or choose another folder',
  EROFS: 'the disk can only be read. Choose another folder',
  ENOENT: 'its folder is gone. Put it back or choose another folder',
  ENOTDIR: 'a part of its path is a file, not a folder. Choose another folder',
  EEXIST: 'a part of its path is a file, not a folder. Choose another folder',
  EISDIR: 'a folder of that name is in the way. Remove it or choose another name',
};

/** The sentence for a file that could not be written. */
export function writeProblem(file: string, error: unknown): { ok: false; problem: Problem } {
  const cause = (error as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[cause] ?? `the system answered ${cause || String(error)}. Try another folder`;
  return fail(
    cause === 'ENOSPC' || cause === 'EDQUOT' ? 'disk/full' : 'disk/not-written',
    `${file} was not saved: ${reason}.`,
  );
}

/** Survives a write that takes less than it was given, as on a disk that is nearly full. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

/** What a large file has so far is brought to the disk again and again: at its end nothing is left to wait for. */
async function writePieces(handle: FileHandle, pieces: readonly Uint8Array[], heed: Heed): Promise<void> {
  for (const piece of pieces) {
    const slices = [...slicesOf(piece)];
    for (const slice of slices) {
      await writeAll(handle, slice);
      if (slices.length > 1) await handle.datasync();
      await heed();
    }
  }
}

/** A rename is safe only once its folder is on the disk too. Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** For tidying up: the first error is the one to tell of, and this may fail for the same reason. */
export function removeQuietly(file: string): void {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch {
    // Where the file could not be made there is nothing to remove.
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` asks for ever where a file system says of every new folder that
 * its parent is missing, as /proc does. Errors of the file system are thrown.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    const above = path.dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    makeFolder(above);
    mkdirSync(folder);
  }
}

/**
 * Writes the pieces one after another beside `file`, then takes its name. Makes the folder where it is missing. The pieces
 * must not change meanwhile, and nobody else may write the same file. What is not `isDurable` does not wait for the disk:
 * a power cut soon after may leave a damaged file.
 */
export async function writeAtomically(
  file: string,
  pieces: readonly Uint8Array[],
  heed: Heed = () => Promise.resolve(),
  isDurable = true,
): Promise<Result<null>> {
  const beside = `${file}.${process.pid}.part`;
  try {
    makeFolder(path.dirname(file));
    const handle = await open(beside, 'w');
    try {
      await writePieces(handle, pieces, heed);
      if (isDurable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    if (isDurable) await syncFolder(path.dirname(file));
    return ok(null);
  } catch (error) {
    removeQuietly(beside);
    return writeProblem(file, error);
  }
}
