/** Bundles a program of a test as the application is bundled, and runs it as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { build } from 'vite';

const project = path.resolve(import.meta.dirname, '../..');

/** Inside node_modules, where bundles find their packages and nobody looks for sources. */
const bundles = path.join(project, 'node_modules', '.axonry-test', 'setup');

/** `folder`, below test/, holds the program's source. */
export async function bundleProgram(
  name: string,
  format: 'cjs' | 'es',
  folder = 'setup/programs',
): Promise<string> {
  const file = `${name}.${format === 'cjs' ? 'cjs' : 'mjs'}`;
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@tensorflow/tfjs', '@tensorflow/tfjs-node'] },
    build: {
      ssr: path.join(project, 'test', folder, `${name}.ts`),
      outDir: bundles,
      emptyOutDir: false,
      rollupOptions: { output: { format, entryFileNames: file } },
    },
  });
  return path.join(bundles, file);
}

export interface RealProcess {
  child: ChildProcess;
  lines: string[];
  /** The first line that satisfies the condition; fails when the process ends without one. */
  line: (condition: (line: string) => boolean) => Promise<string>;
  ended: Promise<void>;
}

export function startProgram(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): RealProcess {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let over = false;
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      over = true;
      for (const listener of listeners) listener();
      resolve();
    });
  });
  const line = (condition: (line: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find(condition);
        if (found !== undefined) resolve(found);
        else if (over)
          reject(
            new Error(`the program ended without the expected line: ${lines.join('\n')}\n${complaints}`),
          );
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  return { child, lines, line, ended };
}
