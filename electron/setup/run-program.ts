/** Runs another program (Python, a compiler, a Node that tries the engine) and gives it up when it is silent or cancelled. */
import { spawn, type ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Milliseconds without a line on stdout or growth of `progressOf` after which the program is ended. */
  silence: number;
  onLine?: (line: string) => void;
  /** A number that grows while the program works without saying so, as the bytes that it has written. */
  progressOf?: () => Promise<number>;
}

export interface ProgramEnd {
  /** How it ended; `not-started` when there is no such program. */
  end: 'exit' | 'killed' | 'silent' | 'cancelled' | 'not-started';
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  /** The last part of stderr. */
  errors: string;
}

const KEPT_CHARACTERS = 20_000;
const WATCH_EVERY = 250;
const MERCY = 2_000;
const DEATHS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Where a program and what it starts (a compiler starts several) can be ended as one. */
const hasGroups = process.platform !== 'win32';

function endAll(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // All of them have ended already.
  }
}

export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let output = '';
    let errors = '';
    let unfinishedLine = '';
    let givenUp: 'silent' | 'cancelled' | null = null;
    let lastSign = performance.now();
    let lastProgress = 0;
    let mercy: NodeJS.Timeout | undefined;

    const child = spawn(command, args, {
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      detached: hasGroups,
    });
    const endChild = (): void => {
      endAll(child, 'SIGTERM');
      mercy = setTimeout(() => endAll(child, 'SIGKILL'), MERCY);
    };
    const giveUp = (why: 'silent' | 'cancelled'): void => {
      if (givenUp !== null) return;
      givenUp = why;
      endChild();
    };
    const cancel = (): void => giveUp('cancelled');
    const endWithUs = (): void => endAll(child, 'SIGKILL');
    // A group of its own does not hear the Ctrl-C that ends us.
    const dieTogether = (name: NodeJS.Signals): void => {
      endAll(child, 'SIGKILL');
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    };
    const watch = setInterval(() => {
      void (options.progressOf?.() ?? Promise.resolve(0)).then((progress) => {
        if (progress > lastProgress) {
          lastProgress = progress;
          lastSign = performance.now();
        }
        if (performance.now() - lastSign > options.silence) giveUp('silent');
      });
    }, WATCH_EVERY);

    let settled = false;
    const finish = (end: ProgramEnd['end'], code: number | null, signal: NodeJS.Signals | null): void => {
      if (settled) return;
      settled = true;
      clearInterval(watch);
      clearTimeout(mercy);
      options.signal?.removeEventListener('abort', cancel);
      process.removeListener('exit', endWithUs);
      for (const name of DEATHS) process.removeListener(name, dieTogether);
      resolve({ end: givenUp ?? end, code, signal, output, errors });
    };

    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      lastSign = performance.now();
      output = (output + text).slice(-KEPT_CHARACTERS);
      const lines = (unfinishedLine + text).split(/\r?\n|\r/);
      unfinishedLine = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-KEPT_CHARACTERS);
    });
    child.on('error', () => finish('not-started', null, null));
    child.on('close', (code, signal) => finish(signal === null ? 'exit' : 'killed', code, signal));
    process.once('exit', endWithUs);
    for (const name of DEATHS) process.once(name, dieTogether);
    options.signal?.addEventListener('abort', cancel);
    if (options.signal?.aborted === true) cancel();
  });
}

/** The line of a program's stderr that says most: the last one that speaks of an error, or the last one. */
export function lastComplaint(errors: string): string {
  const lines = errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    [...lines].reverse().find((line) => /error/i.test(line)) ?? lines[lines.length - 1] ?? 'it said nothing'
  );
}
