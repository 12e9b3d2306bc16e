/** Fetches a Python package by pip without installing or running anything of it, and keeps it until the engine is complete. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import { diskFull, speaksOfFullDisk } from './disk-problem';
import { silenceLimit } from './limits';
import type { Tool } from './machine-tools';
import { lastComplaint, runProgram, type ProgramEnd } from './run-program';
import { WHEEL_PYTHON } from './versions';
import type { WayContext } from './way';

export interface Wanted {
  /** As pip is asked for it: `tensorflow-cpu==2.21.0`. */
  requirement: string;
  /** For the person who waits: `TensorFlow 2.21.0`. */
  title: string;
}

/** Nothing of a wheel is run by Python, so any Python can fetch it. */
const DOWNLOAD = [
  ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-input'],
  ...['--disable-pip-version-check', '--python-version', WHEEL_PYTHON, '--implementation', 'cp'],
  ...['--abi', `cp${WHEEL_PYTHON.replace('.', '')}`, '--abi', 'none'],
];

/** pip holds a copy for its own cache beside the file that it fetches, so the sum of both would run twice as fast. */
async function largestFileBelow(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const inside = path.join(folder, entry.name);
      return entry.isDirectory()
        ? largestFileBelow(inside)
        : fs.stat(inside).then(
            (stat) => stat.size,
            () => 0,
          );
    }),
  );
  return Math.max(0, ...sizes);
}

async function wheelIn(folder: string): Promise<string | null> {
  const names = await fs.readdir(folder).catch(() => []);
  const wheel = names.find((name) => name.endsWith('.whl'));
  return wheel === undefined ? null : path.join(folder, wheel);
}

/** "(260.1 MB)" in pip's own talk. */
function announcedBytes(line: string): number | null {
  const size = /\((\d+(?:\.\d+)?) MB\)/.exec(line)?.[1];
  return size === undefined ? null : Math.round(Number(size) * 1e6);
}

/** What a program that did not succeed says, as a sentence. */
export function programProblem(
  run: ProgramEnd,
  what: string,
  advice: string,
  folder: string,
  { build }: WayContext,
): Result<never> {
  if (run.end === 'cancelled') return fail('setup/cancelled', 'Preparing the native engine was cancelled.');
  if (speaksOfFullDisk(run.errors)) return diskFull(folder, build);
  const reason =
    run.end === 'silent'
      ? `nothing happened for ${Math.round(silenceLimit() / 1000)} s`
      : lastComplaint(run.errors);
  return fail('setup/build-failed', `${what} did not succeed: ${reason.replace(/\.?$/, '.')} ${advice}`);
}

/** The wheel's file. One that has come before is not fetched again. */
export async function fetchWheel(
  python: Tool,
  { requirement, title }: Wanted,
  context: WayContext,
): Promise<Result<string>> {
  const folder = requirement.replace(/[^\w.=-]/g, '_');
  const keeping = path.join(context.downloads, folder);
  const kept = await wheelIn(keeping);
  if (kept !== null) return ok(kept);
  const arriving = path.join(context.scratch, folder);
  const meanwhile = path.join(context.scratch, 'pip');
  await fs.mkdir(meanwhile, { recursive: true });
  const message = `Downloading ${title}`;
  let total: number | undefined;
  context.onProgress({ stage: 'download', message });
  const run = await runProgram(
    python.command,
    [...python.args, ...DOWNLOAD, '--dest', arriving, requirement],
    {
      // pip is silent while it downloads; the growth of its temporary files shows how far it is.
      env: { ...process.env, TMPDIR: meanwhile, TEMP: meanwhile, TMP: meanwhile, PYTHONUNBUFFERED: '1' },
      signal: context.signal,
      silence: silenceLimit(),
      onLine: (line) => {
        total = announcedBytes(line) ?? total;
      },
      progressOf: async () => {
        const done = await largestFileBelow(meanwhile);
        if (done > 0)
          context.onProgress({
            stage: 'download',
            message,
            done: total === undefined ? done : Math.min(done, total),
            total,
          });
        return done;
      },
    },
  );
  const wheel = await wheelIn(arriving);
  if (run.end === 'exit' && run.code === 0 && wheel !== null) {
    await fs.mkdir(keeping, { recursive: true });
    const safe = path.join(keeping, path.basename(wheel));
    await fs.rename(wheel, safe);
    return ok(safe);
  }
  return programProblem(
    run,
    `Downloading ${title} with pip`,
    'Check the network, or set HTTPS_PROXY when this computer reaches the internet through a proxy.',
    context.downloads,
    context,
  );
}
