/** Finds what a path parameter names and says in a sentence why it cannot be read. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem, Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';

export interface SourceFile {
  path: string;
  name: string;
  size: number;
}

export const bytesText = (bytes: number): string =>
  bytes >= 1024 ** 3
    ? `${(bytes / 1024 ** 3).toFixed(1)} GB`
    : bytes >= 1024 ** 2
      ? `${(bytes / 1024 ** 2).toFixed(1)} MB`
      : `${Math.ceil(bytes / 1024)} KB`;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** The sentence for an error that the file system gave. */
export function fileProblem(error: unknown, where: string): { ok: false; problem: Problem } {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('data/no-file', `${where} is not there. Choose the file again, or put it back.`);
    case 'EACCES':
    case 'EPERM':
      return fail(
        'data/not-allowed',
        `${where} may not be read. Change its permissions, or choose another file.`,
      );
    default:
      return fail(
        'data/unreadable',
        `${where} cannot be read (${codeOf(error)}). Check the disk, or choose another file.`,
      );
  }
}

export async function findFile(folder: string, given: string, wanted: string): Promise<Result<SourceFile>> {
  if (given === '') return fail('data/no-path', `No file is chosen. Choose ${wanted}.`);
  const resolved = path.resolve(folder, given);
  const name = path.basename(resolved);
  try {
    const found = await stat(resolved);
    if (found.isDirectory())
      return fail('data/directory', `${resolved} is a folder. Choose ${wanted} in it.`);
    if (!found.isFile()) return fail('data/not-a-file', `${resolved} is not a file. Choose ${wanted}.`);
    if (found.size === 0) return fail('data/empty-file', `${name} is empty. Choose a file with data in it.`);
    return ok({ path: resolved, name, size: found.size });
  } catch (error) {
    return fileProblem(error, resolved);
  }
}
