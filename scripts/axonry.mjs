// `npm start` and `npm run axonry`: builds when needed, then hands over to the command line.
import os from 'node:os';
import path from 'node:path';
import { buildIfOlder } from './build.mjs';
import { handOver } from './hand-over.mjs';

/** `npm start` offers a person's own files: the home folder, or what holds the clone where that lies elsewhere. */
function rootOfStart() {
  const home = os.homedir();
  const clone = path.resolve(import.meta.dirname, '..');
  return path.relative(home, clone).startsWith('..') ? path.dirname(clone) : home;
}

const args = process.argv.slice(2);
if (args.includes('--open') && !args.includes('--root')) args.push('--root', rootOfStart());

buildIfOlder();
const cli = path.resolve(import.meta.dirname, '../out/main/cli.cjs');
handOver(process.execPath, ['--enable-source-maps', cli, ...args], {
  // npm runs scripts in the project's folder; paths on the command line mean the caller's.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
