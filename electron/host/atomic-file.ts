/** Writes files so that a crash, a full disk or a refusal leaves the old content whole. */
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../shared/result';
import { fileProblem } from './file-problem';
import { partFile, removeLeftBehind } from './part-files';

const READABLE = 0o666;

/** Makes a rename survive a power cut. Windows cannot open a folder and does not need it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAndFlush(file: string, text: string, mode: number): Promise<void> {
  const handle = await fs.open(file, 'wx', mode);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link is followed, so that saving through it changes the file that it names and keeps the link. */
async function destination(file: string): Promise<{ file: string; mode: number; exists: boolean }> {
  try {
    const real = await fs.realpath(file);
    const stat = await fs.stat(real);
    if (stat.isDirectory()) throw Object.assign(new Error(`EISDIR: ${file}`), { code: 'EISDIR' });
    // Replacing by rename would get round a file's own write protection.
    await fs.access(real, constants.W_OK);
    return { file: real, mode: stat.mode & 0o7777, exists: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { file, mode: READABLE, exists: false };
  }
}

type Permission = () => Promise<Result<void>>;

/**
 * Beside, flush, rename. Keeps the mode of a file that is there. What `mayReplace` answers at the last moment before the
 * file changes is the answer. Errors of the file system are thrown.
 */
export async function replaceFile(
  file: string,
  text: string,
  mayReplace: Permission = () => Promise.resolve(ok(undefined)),
): Promise<Result<void>> {
  const target = await destination(file);
  const beside = partFile(target.file);
  const removeBeside = () => fs.rm(beside, { force: true }).catch(() => undefined);
  try {
    await writeAndFlush(beside, text, target.mode);
    // The process' umask has been taken off the mode.
    if (target.exists) await fs.chmod(beside, target.mode);
    const permission = await mayReplace();
    if (!permission.ok) {
      await removeBeside();
      return permission;
    }
    await fs.rename(beside, target.file);
  } catch (error) {
    await removeBeside();
    throw error;
  }
  await flushFolder(path.dirname(target.file));
  await removeLeftBehind(target.file);
  return ok(undefined);
}

/** `replaceFile` for files that a person named. */
export async function saveFile(file: string, text: string, mayReplace?: Permission): Promise<Result<void>> {
  try {
    return await replaceFile(file, text, mayReplace);
  } catch (error) {
    return fileProblem(error, file, 'save');
  }
}
