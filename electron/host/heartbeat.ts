/**
 * A file that says that a process is at work on something, for as long as it lives. Another start of Axonry can tell by it
 * whether the work goes on elsewhere or was lost.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import { birthOf } from './process-birth';

const BEAT_SECONDS = 5;
const STALE_SECONDS = 30;
const PATIENCE_BEATS = 2;

/** Those of this process. A file that cannot be removed, as on a disk that can only be read, outlives its heartbeat. */
const beating = new Set<string>();

export interface Heartbeat {
  /** Writes other content and goes on. */
  say(content: object): Promise<void>;
  stop(): Promise<void>;
}

/** Without the file another start may take the work for lost; that is no reason not to work. */
const put = (file: string, content: object): Promise<void> =>
  fs
    .writeFile(
      file,
      JSON.stringify({ ...content, pid: process.pid, born: birthOf(process.pid), host: os.hostname() }),
    )
    .catch(() => undefined);

export async function startHeartbeat(file: string, content: object = {}): Promise<Heartbeat> {
  beating.add(file);
  await put(file, content);
  const timer = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch(() => undefined);
  }, BEAT_SECONDS * 1000);
  timer.unref();
  return {
    say: (other) => put(file, other),
    stop: async () => {
      clearInterval(timer);
      beating.delete(file);
      await fs.rm(file, { force: true }).catch(() => undefined);
    },
  };
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether the file is touched any more. An old time alone says little: the computer may have slept, or its clock may have
 * been set; a process that lives touches the file within the next beats.
 */
async function isFresh(file: string): Promise<boolean> {
  const { mtimeMs } = await fs.stat(file);
  if (Math.abs(Date.now() - mtimeMs) <= STALE_SECONDS * 1000) return true;
  for (let beats = 0; beats < PATIENCE_BEATS; beats++) {
    await new Promise((resolve) => setTimeout(resolve, BEAT_SECONDS * 1000));
    if ((await fs.stat(file)).mtimeMs !== mtimeMs) return true;
  }
  return false;
}

/** One that is halted touches no file and is still there: where its birth is known, that alone tells. */
async function isBehind({ pid, born, host }: Record<string, unknown>, file: string): Promise<boolean> {
  if (host !== os.hostname()) return isFresh(file);
  if (typeof pid !== 'number') return false;
  if (pid === process.pid && born === birthOf(pid)) return beating.has(file);
  if (typeof born === 'string') return birthOf(pid) === born;
  return processLives(pid) && isFresh(file);
}

/** What the process behind the file says, or null where there is none any more. */
export async function readHeartbeat(file: string): Promise<Record<string, unknown> | null> {
  try {
    const content = JSON.parse(await fs.readFile(file, 'utf8')) as Record<string, unknown>;
    return (await isBehind(content, file)) ? content : null;
  } catch {
    return null;
  }
}
