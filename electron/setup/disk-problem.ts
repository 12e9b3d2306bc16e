/** What a disk refuses, as a sentence that names the folder. */
import { fail, type Problem } from '../../shared/result';
import type { TensorFlowBuild } from './versions';

/** The packages, the copies that pip makes of them, and the unpacked libraries. */
export const NEEDED_BYTES: Record<TensorFlowBuild, number> = { cpu: 2e9, gpu: 12e9 };

export const diskFull = (folder: string, build: TensorFlowBuild): { ok: false; problem: Problem } =>
  fail(
    'setup/disk-full',
    `There is not enough room in ${folder}: preparing the native engine needs about ${NEEDED_BYTES[build] / 1e9} GB. Free some, or name another folder with the environment variable AXONRY_CACHE.`,
  );

export const notWritable = (folder: string, why: string): { ok: false; problem: Problem } =>
  fail(
    'setup/folder-not-writable',
    `The folder ${folder} cannot be written (${why}). Allow writing there, or name another folder with the environment variable AXONRY_CACHE.`,
  );

const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EIO', 'ENAMETOOLONG']);

/** The problem behind an error of the file system, or null when it is none (then it is a bug and must be thrown on). */
export function diskProblem(
  error: unknown,
  folder: string,
  build: TensorFlowBuild,
): { ok: false; problem: Problem } | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) return null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, build);
  return REFUSALS.has(code) ? notWritable(folder, code) : null;
}

/** Programs that we run say it in their own words. */
export const speaksOfFullDisk = (text: string): boolean =>
  /no space left on device|disk quota exceeded/i.test(text);
