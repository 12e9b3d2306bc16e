/** What a killed save left beside a file goes at the next one; what another program is writing stays. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { partFile, removeLeftBehind } from '../../electron/host/part-files';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry part '));
  file = path.join(folder, 'net.axon');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A part file of the process with this number on this computer, or on another. */
function left(pid: number, computer?: string): string {
  const [, own] = /\.([0-9a-f]{6})-\d+-[0-9a-f]{12}$/.exec(partFile(file)) ?? [];
  const part = path.join(folder, `.net.axon.${computer ?? own}-${pid}-0123456789ab`);
  writeFileSync(part, 'half');
  return part;
}

it('what a dead process left is removed', async () => {
  const dead = left(spawnSync(process.execPath, ['-e', '']).pid);
  await removeLeftBehind(file);
  expect(existsSync(dead)).toBe(false);
});

it('what a living process writes stays, and so does what is not ours', async () => {
  const kept = [left(process.ppid), path.join(folder, '.net.axon.swp'), path.join(folder, '.other.axon.x')];
  for (const other of kept.slice(1)) writeFileSync(other, 'theirs');
  await removeLeftBehind(file);
  expect(kept.filter((one) => !existsSync(one))).toEqual([]);
});

it('what another computer writes stays for a day', async () => {
  const part = left(spawnSync(process.execPath, ['-e', '']).pid, 'ffffff');
  await removeLeftBehind(file);
  expect(existsSync(part)).toBe(true);
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  utimesSync(part, longAgo, longAgo);
  await removeLeftBehind(file);
  expect(existsSync(part)).toBe(false);
});
