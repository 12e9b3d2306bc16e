/** How much room a disk has. `df` is asked because Node 16 cannot tell. */
import { runProgram } from './run-program';

const PATIENCE = 10_000;

/** Null where it cannot be found out. */
export async function freeBytes(folder: string): Promise<number | null> {
  if (process.platform === 'win32') return null;
  const run = await runProgram('df', ['-Pk', folder], { silence: PATIENCE });
  const columns = run.output.trim().split('\n').pop()?.trim().split(/\s+/) ?? [];
  // From the end: the name of a file system may hold spaces, and so may the mount point, but "Use%" does not.
  const percent = columns.findIndex((column) => /^\d+%$/.test(column));
  const kilobytes = Number(columns[percent - 1]);
  return run.code === 0 && percent > 0 && Number.isFinite(kilobytes) ? kilobytes * 1024 : null;
}
