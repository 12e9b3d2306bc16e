/** Whether somebody is still at work, told across sleep and clocks that are set. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHeartbeat, startHeartbeat } from '../../electron/host/heartbeat';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-heartbeat-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR = 3_600_000;

describe('a heartbeat', () => {
  it.each([
    ['of a computer that slept for an hour', -HOUR],
    ['of a computer whose clock was set back by an hour', HOUR],
  ])('%s is still taken for one', async (name, shift) => {
    const file = path.join(folder, String(shift));
    const beat = await startHeartbeat(file, { name });
    const then = new Date(Date.now() + shift);
    utimesSync(file, then, then);
    expect(await readHeartbeat(file)).toMatchObject({ name });
    await beat.stop();
  });

  it('of a process that is gone is none, however new the file is', async () => {
    const file = path.join(folder, 'gone');
    // No system gives a process this number.
    writeFileSync(file, JSON.stringify({ pid: 2 ** 30, host: os.hostname() }));
    expect(await readHeartbeat(file)).toBeNull();
  });
});
