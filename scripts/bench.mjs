// `npm run bench -- NAME`: builds when needed and runs test/bench/NAME.ts, which prints its figures.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';
import { buildIfOlder } from './build.mjs';

const folder = path.resolve(import.meta.dirname, '../test/bench');
const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== '--');
const file = path.join(folder, `${name}.ts`);
if (!name || !existsSync(file)) {
  const names = readdirSync(folder)
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => path.basename(entry, '.ts'));
  console.error(`Usage: npm run bench -- NAME, where NAME is one of ${names.join(', ')}.`);
  process.exit(2);
}
buildIfOlder();
const { module } = await runnerImport(file, { configFile: false, logLevel: 'error' });
process.exitCode = (await module.bench(args)) ? 0 : 1;
