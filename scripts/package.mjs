// `npm run package`: builds, puts TensorFlow's folder where electron-builder.yml looks for it, and makes the installers of
// this system for this processor. What follows is handed to electron-builder, as in `npm run package -- --linux dir`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildIfOlder } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** electron-builder's own names, as `${os}` and `${arch}` in its configuration. */
const SYSTEMS = { linux: 'linux', darwin: 'mac', win32: 'win' };
export const nativeResource = path.join(
  root,
  'out',
  'native',
  `${SYSTEMS[process.platform]}-${process.arch}`,
);

/** Gets it ready where it is missing, and says where it lies. */
function nativeFolder() {
  const found = spawnSync(process.execPath, [path.join(root, 'out/main/cli.cjs'), 'doctor', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const report = found.stdout.trim().split('\n').pop() || '{}';
  const { native } = JSON.parse(report);
  if (native) return native;
  console.error('The native engine is not ready, so there is nothing to package with. See above.');
  process.exit(1);
}

/** 800 MB need not be there twice where both places are on one disk. */
function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function putFolder(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) putFolder(source, target);
    else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else linkOrCopy(source, target);
  }
}

export function putNativeResource() {
  rmSync(nativeResource, { recursive: true, force: true });
  putFolder(nativeFolder(), nativeResource);
}

export function packageApplication(args) {
  buildIfOlder();
  putNativeResource();
  const builder = path.join(root, 'node_modules/electron-builder/cli.js');
  const made = spawnSync(process.execPath, [builder, '--publish', 'never', `--${process.arch}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return made.status ?? 1;
}

if (process.argv[1] === import.meta.filename) process.exit(packageApplication(process.argv.slice(2)));
