/** Tells processes apart that had the same number one after another, where the system keeps a process table in files. */
import { readFileSync } from 'node:fs';

/** After the name, which may hold spaces, the state comes first; 19 fields later the moment of birth. */
const BIRTH_AFTER_STATE = 19;
const DEAD: ReadonlySet<string> = new Set(['Z', 'X']);

/** The same as long as the process lives, halted or not. null: it does not live, or the system does not say. */
export function birthOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return DEAD.has(fields[0]) ? null : `${boot} ${fields[BIRTH_AFTER_STATE]}`;
  } catch {
    return null;
  }
}
