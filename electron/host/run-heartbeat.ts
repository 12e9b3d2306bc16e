/**
 * Says that a host is at work on a run. Another start of Axonry that finds a run unfinished can tell by it whether the run
 * goes on elsewhere or was lost.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const FILE = '.running';
const BEAT_SECONDS = 5;
const STALE_SECONDS = 30;

export interface Heartbeat {
  stop(): Promise<void>;
}

export async function startHeartbeat(run: string): Promise<Heartbeat> {
  const file = path.join(run, FILE);
  // Without it another start may take the run for lost; that is no reason not to train.
  await fs.writeFile(file, JSON.stringify({ pid: process.pid, host: os.hostname() })).catch(() => undefined);
  const timer = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch(() => undefined);
  }, BEAT_SECONDS * 1000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
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

export async function isAtWork(run: string): Promise<boolean> {
  const file = path.join(run, FILE);
  try {
    const { mtimeMs } = await fs.stat(file);
    if (Date.now() - mtimeMs > STALE_SECONDS * 1000) return false;
    const { pid, host } = JSON.parse(await fs.readFile(file, 'utf8')) as { pid?: unknown; host?: unknown };
    return host !== os.hostname() || (typeof pid === 'number' && processLives(pid));
  } catch {
    return false;
  }
}
