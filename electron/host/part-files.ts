/**
 * Owns the files that saving writes beside the real one: what they are called, and which of them a killed program left
 * behind. A name tells who writes, so that two programs that save the same file leave each other's alone.
 */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Another computer may share the folder; its processes cannot be asked. */
const COMPUTER = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 6);
const LONGEST_SAVE_MS = 24 * 60 * 60 * 1000;

const beginning = (file: string): string => `.${path.basename(file)}.`;

export const partFile = (file: string): string =>
  path.join(
    path.dirname(file),
    `${beginning(file)}${COMPUTER}-${process.pid}-${randomBytes(6).toString('hex')}`,
  );

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isLeftBehind(part: string, name: string): Promise<boolean> {
  const [, computer, pid] = /^([0-9a-f]{6})-(\d+)-[0-9a-f]{12}$/.exec(name) ?? [];
  if (computer === undefined) return false;
  if (computer === COMPUTER) return !lives(Number(pid));
  const stat = await fs.stat(part).catch(() => null);
  return stat !== null && Date.now() - stat.mtimeMs > LONGEST_SAVE_MS;
}

/** Where that is not allowed they stay: nothing depends on them. */
export async function removeLeftBehind(file: string): Promise<void> {
  const folder = path.dirname(file);
  const entries = await fs.readdir(folder).catch((): string[] => []);
  for (const entry of entries.filter((one) => one.startsWith(beginning(file)))) {
    const part = path.join(folder, entry);
    if (await isLeftBehind(part, entry.slice(beginning(file).length)))
      await fs.rm(part, { force: true }).catch(() => undefined);
  }
}
