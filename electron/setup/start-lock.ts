/**
 * Lets one start at a time prepare the native engine. The lock is a file whose time is renewed while its owner works.
 * Losing it costs a second download, never a damaged folder: what is prepared is moved into place in one step.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { staleLockLimit } from './limits';

const HEARTBEAT = 1_000;
const LOOK_AGAIN = 250;

const ownerSchema = z.object({ token: z.string(), pid: z.number().int(), host: z.string() });
type Owner = z.infer<typeof ownerSchema>;

export interface StartLock {
  release: () => Promise<void>;
}

export interface LockOptions {
  signal?: AbortSignal;
  /** Called once when another start holds the lock, and again whenever it must be waited for anew. */
  onWait: () => void;
}

async function readOwner(file: string): Promise<Owner | null> {
  try {
    const owner = ownerSchema.safeParse(JSON.parse(await fs.readFile(file, 'utf8')));
    return owner.success ? owner.data : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function create(file: string): Promise<StartLock | null> {
  const owner: Owner = { token: randomUUID(), pid: process.pid, host: os.hostname() };
  try {
    await fs.writeFile(file, JSON.stringify(owner), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    void fs.utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      if ((await readOwner(file))?.token === owner.token) await fs.rm(file, { force: true });
    },
  };
}

/** Takes a lock away whose owner is gone. When another start was faster, its new lock is put back. */
async function takeAway(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await fs.rename(file, aside);
    if ((await fs.readFile(aside, 'utf8')) !== seen) await fs.link(aside, file);
  } catch {
    // Gone already, or a newer lock is in place: the next look tells.
  }
  await fs.rm(aside, { force: true });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until the lock is ours; null when cancelled. Throws what the disk says when the lock cannot be written at all. */
export async function takeStartLock(file: string, options: LockOptions): Promise<StartLock | null> {
  let lastBeat = { renewed: -1, since: performance.now() };
  let waiting = false;
  while (options.signal?.aborted !== true) {
    const lock = await create(file);
    if (lock !== null) return lock;
    const text = await fs.readFile(file, 'utf8').catch(() => null);
    const renewed = await fs.stat(file).then(
      (stat) => stat.mtimeMs,
      () => null,
    );
    if (text === null || renewed === null) continue;
    // Beats are counted by our own clock: a network disk's may differ.
    if (renewed !== lastBeat.renewed) lastBeat = { renewed, since: performance.now() };
    const owner = await readOwner(file);
    const ownerIsGone = owner !== null && owner.host === os.hostname() && !isAlive(owner.pid);
    if (ownerIsGone || performance.now() - lastBeat.since > staleLockLimit()) {
      await takeAway(file, text);
      continue;
    }
    if (!waiting) options.onWait();
    waiting = true;
    await pause(LOOK_AGAIN);
  }
  return null;
}
