// Builds out/ when it is older than the sources. Everything it prints goes to stderr: stdout belongs to the command.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'out', '.built');
const lock = path.join(root, 'out', '.building');
const sources = [
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'vite.electron.config.ts',
];

function newest(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of files that were removed.
  return readdirSync(file).reduce(
    (latest, name) => Math.max(latest, newest(path.join(file, name))),
    stat.mtimeMs,
  );
}

const isFresh = () =>
  existsSync(stamp) &&
  statSync(stamp).mtimeMs >= Math.max(...sources.map((name) => newest(path.join(root, name))));

const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

function takeLock() {
  mkdirSync(path.join(root, 'out'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      const held = statSync(lock, { throwIfNoEntry: false });
      if (held && Date.now() - held.mtimeMs > 120_000) rmSync(lock, { recursive: true, force: true });
      else pause(100);
    }
  }
}

export function buildIfOlder() {
  if (isFresh()) return;
  takeLock();
  try {
    if (isFresh()) return;
    const started = Date.now();
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    if (!existsSync(vite)) {
      console.error('The build tools are not installed. Run "npm ci" first.');
      process.exit(1);
    }
    console.error('Building Axonry …');
    const configurations = [
      ['-c', 'vite.config.ts'],
      ...['engine', 'cli', 'main', 'preload'].map((mode) => [
        '-c',
        'vite.electron.config.ts',
        '--mode',
        mode,
      ]),
    ];
    for (const configuration of configurations) {
      const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...configuration], {
        cwd: root,
        stdio: ['ignore', 2, 2],
      });
      if (result.status !== 0) process.exit(result.status ?? 1);
    }
    const time = new Date(started);
    writeFileSync(stamp, time.toISOString());
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) buildIfOlder();
