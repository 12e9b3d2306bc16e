/** Starts engine processes. This is the only place that knows how: the desktop shell brings another one. */
import { fork } from 'node:child_process';
import type { EngineRequest, EngineSettings } from '../../shared/protocol/engine';

export interface EngineProcess {
  readonly pid: number | undefined;
  send(request: EngineRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once. `code` is null when a signal ended it. */
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
  /** The last lines that it wrote to standard error. */
  lastWords(): string;
}

export interface Launcher {
  start(settings: EngineSettings): EngineProcess;
}

const KEPT_CHARACTERS = 4000;
const LAST_WORDS_MILLISECONDS = 500;

/** `entry` is the bundled engine, `out/main/engine.cjs`. */
export function childProcessLauncher(entry: string): Launcher {
  return {
    start(settings) {
      const child = fork(entry, [JSON.stringify(settings)], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        // A debugger of the host must not be inherited: its port is taken.
        execArgv: [],
        // Ctrl+C reaches the whole group; only the host decides what it means for a run.
        detached: process.platform !== 'win32',
        env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env },
      });
      let words = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        words = (words + chunk.toString('utf8')).slice(-KEPT_CHARACTERS);
      });
      // Without a listener, writing to a process that has just died would end the host.
      child.on('error', () => undefined);
      return {
        pid: child.pid,
        send: (request) => {
          if (child.connected) child.send(request, () => undefined);
        },
        onMessage: (listener) => child.on('message', listener),
        onExit: (listener) => {
          let told = false;
          const tell = (code: number | null, signal: string | null) => {
            if (!told) listener(code, signal);
            told = true;
          };
          // `close` comes when its last words have been read; something else may hold the pipe open for ever.
          child.once('close', tell);
          child.once('exit', (code, signal) => setTimeout(() => tell(code, signal), LAST_WORDS_MILLISECONDS));
          child.once('error', () => tell(null, null));
        },
        kill: () => child.kill('SIGKILL'),
        lastWords: () => words,
      };
    },
  };
}
