/** `npm start` and `axonry serve` end when the system asks them to, and take everything that they started with them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-ending-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Processes that work on this test's data folder. */
const left = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`AXONRY_DATA=${folder}`);
      } catch {
        return false;
      }
    });

function start(command: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(command, args, {
    cwd: project,
    env: { ...process.env, AXONRY_DATA: folder, AXONRY_NO_OPEN: '1', DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('http://127.0.0.1')) resolve(child);
    });
  });
}

describe.skipIf(process.platform !== 'linux')('the server', () => {
  it.each([
    ['axonry serve', 'SIGTERM', 'node', ['scripts/axonry.mjs', 'serve', '--port', '0']],
    ['axonry serve', 'SIGHUP', 'node', ['scripts/axonry.mjs', 'serve', '--port', '0']],
    ['npm start', 'SIGTERM', 'npm', ['start', '--', '--port', '0']],
    ['npm start', 'SIGINT', 'npm', ['start', '--', '--port', '0']],
  ] as const)('of %s ends by %s', async (_, signal, command, args) => {
    const child = await start(command, args);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // A terminal tells the whole group; a service manager only the first.
    if (signal === 'SIGINT') for (const pid of left()) process.kill(Number(pid), signal);
    else child.kill(signal);
    await ended;
    await expect.poll(left).toEqual([]);
  });
});
