// `npm run desktop` opens the desktop window and gets Electron first where it is missing. `npm start` calls this with
// `--or-browser`: the desktop where its runtime and a display are there, else the browser mode at once.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildIfOlder } from './build.mjs';
import { handOver } from './hand-over.mjs';

const root = path.resolve(import.meta.dirname, '..');
const package_ = path.join(root, 'node_modules/electron');
const args = process.argv.slice(2).filter((arg) => arg !== '--or-browser');
const mayUseBrowser = process.argv.includes('--or-browser');

function installedElectron() {
  const pathFile = path.join(package_, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = path.join(package_, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : null;
}

const findElectron = () => process.env.AXONRY_ELECTRON || installedElectron();

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** Why the desktop cannot be opened now, or null. */
function obstacle() {
  if (!hasDisplay()) return 'There is no display here';
  if (!findElectron())
    return 'The desktop runtime is not installed ("npm run desktop" gets it, about 110 MB)';
  return null;
}

const run = (command, commandArgs) =>
  handOver(command, commandArgs, {
    cwd: root,
    env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
  });

function openDesktop() {
  buildIfOlder();
  // Chromium's sandbox refuses to run as root.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  run(findElectron(), [...flags, root, ...args]);
}

if (mayUseBrowser && obstacle()) {
  console.error(`${obstacle()}: the window opens in the browser.`);
  run(process.execPath, [path.join(root, 'scripts/axonry.mjs'), 'serve', '--open', ...args]);
} else {
  if (!findElectron()) {
    console.error('Getting Electron (about 110 MB, once) …');
    spawnSync(process.execPath, [path.join(package_, 'install.js')], { stdio: ['ignore', 2, 2] });
  }
  if (!hasDisplay() || !findElectron()) {
    console.error(
      hasDisplay()
        ? 'Electron could not be had. "npm start" opens the window in the browser.'
        : `${obstacle()}.`,
    );
    process.exit(1);
  }
  openDesktop();
}
