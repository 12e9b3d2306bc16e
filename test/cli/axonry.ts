/** Runs the command line as a person does: the bundled program in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { saveText } from '../../shared/document/load';
import type { Document } from '../../shared/document/document';

export const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
export const isBuilt = existsSync(cli);

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Going {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when standard output or standard error has matched. */
  says(pattern: RegExp): Promise<string>;
}

export class Desk {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-cli-'));
  private readonly going: ChildProcess[] = [];

  /** `env` is added to what this process has; undefined takes a name away. */
  constructor(private readonly env: Record<string, string | undefined> = {}) {}

  file(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: string | Document): string {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), typeof content === 'string' ? content : saveText(content));
    return this.file(name);
  }

  start(...args: string[]): Going {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: this.folder,
      env: { ...process.env, AXONRY_DATA: this.file('.data'), AXONRY_NO_OPEN: '1', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.going.push(child);
    let [stdout, stderr] = ['', ''];
    const watchers = new Set<() => void>();
    const tell = () => watchers.forEach((watch) => watch());
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      tell();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
      tell();
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (code) => resolve({ code, stdout, stderr })),
    );
    return {
      process: child,
      ended,
      says: (pattern) =>
        new Promise((resolve, reject) => {
          const watch = () => {
            const found = pattern.exec(stdout) ?? pattern.exec(stderr);
            if (!found) return;
            watchers.delete(watch);
            resolve(found[0]);
          };
          watchers.add(watch);
          void ended.then(() =>
            reject(new Error(`ended without saying ${String(pattern)}: ${stdout}${stderr}`)),
          );
          watch();
        }),
    };
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  close(): void {
    for (const child of this.going) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The one JSON value on standard output. */
export function only(text: string): Record<string, unknown> {
  const all = lines(text);
  if (all.length !== 1) throw new Error(`expected one line of JSON, got ${all.length}: ${text}`);
  return all[0];
}
