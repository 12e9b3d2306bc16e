/** The engine processes below a running application, as the system's process table shows them. */
import { readdirSync, readFileSync } from 'node:fs';

/** Whether the machine has a process table in the file system. */
export const hasProcessTable = process.platform === 'linux';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

/** What stands after the name, which may hold spaces: state, parent, … */
const stat = (pid: number): string[] => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];

/** A process that has ended and was not asked for its end yet does nothing any more. */
export function isAlive(pid: number): boolean {
  const [state] = stat(pid);
  return state !== undefined && state !== '' && state !== 'Z' && state !== 'X';
}

/** Process ids of the engines that this process started. */
export function enginesOf(parent: number, role?: 'train' | 'inspect'): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && Number(stat(pid)[1]) === parent && isAlive(pid))
    .filter((pid) => {
      const command = read(`/proc/${pid}/cmdline`);
      return command.includes('engine.cjs') && (role === undefined || command.includes(`"role":"${role}"`));
    });
}
