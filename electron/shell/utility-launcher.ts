/** Starts engine processes as Electron's utility processes: the twin of the host's launcher that forks with Node. */
import { utilityProcess } from 'electron';
import type { Launcher } from '../host/launcher';

const KEPT_CHARACTERS = 4000;

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
            // Electron reports 0 also for a process that a signal ended; by itself an engine ends so only when told to.
            const bySignal = code === 0 && !toldToQuit && process.platform !== 'win32';
            if (killed || bySignal) listener(null, 'SIGKILL');
            else listener(code, null);
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
