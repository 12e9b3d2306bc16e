/** Starts engine processes as Electron's utility processes: the twin of the host's launcher that forks with Node. */
import os from 'node:os';
import { utilityProcess } from 'electron';
import type { Launcher } from '../host/launcher';

const KEPT_CHARACTERS = 4000;
const LAST_WORDS_MS = 200;

/**
 * Electron reports the number of the signal that ended a process as its exit code, and now and then 0. An engine exits
 * with 0 only when told to, and with 1, 64 or 70 by itself.
 */
function signalOf(code: number, toldToQuit: boolean): string | null {
  if (process.platform === 'win32') return null;
  if (code === 0) return toldToQuit ? null : 'SIGKILL';
  const found = Object.entries(os.constants.signals).find(([, number]) => number === code && number > 1);
  return found ? found[0] : null;
}

/** `entry` is the bundled engine, `out/main/engine.cjs`; it may lie inside the application's archive. */
export function utilityLauncher(entry: string): Launcher {
  return {
    start(settings) {
      const child = utilityProcess.fork(entry, [JSON.stringify(settings)], {
        serviceName: 'Axonry engine',
        stdio: ['ignore', 'ignore', 'pipe'],
        execArgv: [],
        env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env },
      });
      let words = '';
      let over = false;
      let killed = false;
      let toldToQuit = false;
      child.stderr?.on('data', (chunk: Buffer) => {
        words = (words + chunk.toString('utf8')).slice(-KEPT_CHARACTERS);
      });
      child.once('exit', () => (over = true));
      return {
        get pid() {
          return child.pid;
        },
        send: (request) => {
          toldToQuit ||= request.method === 'quit';
          if (!over) child.postMessage(request);
        },
        onMessage: (listener) => child.on('message', listener),
        onExit: (listener) =>
          child.once('exit', (code) => {
            const signal = killed ? 'SIGKILL' : signalOf(code, toldToQuit);
            const tell = () => (signal === null ? listener(code, null) : listener(null, signal));
            // Why it gave up may still be on its way.
            if (toldToQuit || killed) tell();
            else setTimeout(tell, LAST_WORDS_MS);
          }),
        kill: () => {
          if (over) return;
          killed = true;
          // A process that hangs in TensorFlow does not hear the polite signal.
          if (child.pid === undefined || process.platform === 'win32') child.kill();
          else process.kill(child.pid, 'SIGKILL');
        },
        lastWords: () => words,
      };
    },
  };
}
