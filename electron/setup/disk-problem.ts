/** What a disk refuses, as a sentence that names the folder. */
import { fail, type Problem } from '../../shared/result';

/** The wheel, the copies that pip makes of it, and the unpacked library. */
export const NEEDED_BYTES = 2e9;

export const diskFull = (folder: string): { ok: false; problem: Problem } =>
  fail(
    'setup/disk-full',
    `There is not enough room in ${folder}: preparing the native engine needs about ${NEEDED_BYTES / 1e9} GB. Free some, or name another folder with the environment variable AXONRY_CACHE.`,
  );

export const notWritable = (folder: string, why: string): { ok: false; problem: Problem } =>
  fail(
    'setup/folder-not-writable',
    `The folder ${folder} cannot be written (${why}). Allow writing there, or name another folder with the environment variable AXONRY_CACHE.`,
  );

const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EIO', 'ENAMETOOLONG']);

/** The problem behind an error of the file system, or null when it is none (then it is a bug and must be thrown on). */
export function diskProblem(error: unknown, folder: string): { ok: false; problem: Problem } | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) return null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder);
  return REFUSALS.has(code) ? notWritable(folder, code) : null;
}

/** Programs that we run say it in their own words. */
export const speaksOfFullDisk = (text: string): boolean =>
  /no space left on device|disk quota exceeded/i.test(text);
