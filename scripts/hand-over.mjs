// Lets another program take this one's place: its signals are handed on, its end is this one's end.
import { spawn } from 'node:child_process';
import { setInterval } from 'node:timers';

const LOOK_AT_PARENT_MS = 500;

export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  // Ctrl+C reaches the whole process group: the other program decides what it means, this one waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  // The shell between npm and this program ends by a signal without handing it on.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), LOOK_AT_PARENT_MS).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
