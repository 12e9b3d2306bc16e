/** Two starts at once: one works, the other waits; a lock that was left behind stops nobody. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeStartLock } from '../../electron/setup/start-lock';

let folder: string;
let file: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry lock '));
  file = path.join(folder, 'engine.lock');
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const neverWaits = { onWait: () => expect.unreachable('nobody else holds the lock') };

/** What a start leaves behind that was ended without warning. */
function leaveBehind(pid: number, host: string): void {
  fs.writeFileSync(file, JSON.stringify({ token: 'left behind', pid, host }));
}

describe('the lock of a start', () => {
  test('is held by one, waited for by the other, and handed over', async () => {
    const first = await takeStartLock(file, neverWaits);
    let waits = 0;
    const order: string[] = [];
    const heard = new Promise<void>((resolve) => {
      void takeStartLock(file, {
        onWait: () => {
          waits++;
          order.push('waits');
          void first?.release().then(() => order.push('released'));
        },
      }).then(async (lock) => {
        order.push('taken');
        await lock?.release();
        resolve();
      });
    });
    await heard;
    expect(order).toEqual(['waits', 'released', 'taken']);
    expect(waits).toBe(1);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('is taken over at once from a process that has ended', async () => {
    leaveBehind(spawnSync(process.execPath, ['-e', '']).pid, os.hostname());
    const lock = await takeStartLock(file, neverWaits);
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock?.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('is taken over from another computer, or a process number given anew, when it is renewed no more', async () => {
    vi.stubEnv('AXONRY_SETUP_STALE_MS', '300');
    for (const host of ['another computer', os.hostname()]) {
      leaveBehind(process.pid, host);
      let waited = false;
      const lock = await takeStartLock(file, { onWait: () => (waited = true) });
      expect(waited).toBe(true);
      expect(lock).not.toBeNull();
      await lock?.release();
    }
  });

  test('is not taken from one who renews it', async () => {
    vi.stubEnv('AXONRY_SETUP_STALE_MS', '2500');
    const first = await takeStartLock(file, neverWaits);
    const controller = new AbortController();
    const beats = new Set<number>();
    const untilItShouldBeStale = (): void =>
      void vi
        .waitFor(() => expect(beats.add(fs.statSync(file).mtimeMs).size).toBeGreaterThan(4), {
          timeout: 20_000,
        })
        .then(() => controller.abort());
    const cancelled = takeStartLock(file, { signal: controller.signal, onWait: untilItShouldBeStale });
    expect(await cancelled).toBeNull();
    await first?.release();
  });

  test('of a start that lost it is left to the new owner', async () => {
    const first = await takeStartLock(file, neverWaits);
    leaveBehind(process.pid, 'another computer');
    await first?.release();
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ token: 'left behind' });
  });
});
