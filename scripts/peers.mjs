// Makes the Python environment with the tools that tests and benchmarks compare with; kept in the user's cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

const { module: locations } = await runnerImport(path.join(root, 'electron/setup/locations.ts'), {
  configFile: false,
  logLevel: 'error',
});

function findPython() {
  for (const command of process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python']) {
    const probe = spawnSync(
      command,
      ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))'],
      { encoding: 'utf8' },
    );
    if (probe.status === 0 && probe.stdout.trim() === 'True') return command;
  }
  return null;
}

/** The interpreter of the environment, or `{ reason }` where it cannot be had. */
export function peerPython(requirements = path.join(root, 'test', 'peers', 'requirements.txt')) {
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(
    locations.cacheFolder(),
    'python',
    `${path.basename(requirements, '.txt')}-${key}`,
  );
  const interpreter = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const complete = path.join(folder, '.complete');
  if (existsSync(complete)) return { interpreter };

  const python = findPython();
  if (!python) return { reason: 'Python 3.10 or later with venv was not found' };
  console.error('Making the Python environment that results are compared with (about 1 GB, once) …');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  const steps = [
    [python, ['-m', 'venv', folder]],
    [interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]],
  ];
  for (const [command, args] of steps) {
    const result = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
    if (result.status !== 0) return { reason: `"${command} ${args.join(' ')}" did not succeed` };
  }
  writeFileSync(complete, new Date().toISOString());
  return { interpreter };
}

if (process.argv[1] === import.meta.filename) console.log(peerPython().interpreter ?? '');
