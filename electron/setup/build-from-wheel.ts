/** Builds the native folder on this computer: TensorFlow's library out of its Python package, the add-on by the compiler. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import { compileAddon, noCompiler } from './compile-addon';
import { diskFull, speaksOfFullDisk } from './disk-problem';
import { silenceLimit } from './limits';
import { findCompiler, findPip, findPython, type Tool } from './machine-tools';
import { lastComplaint, runProgram, type ProgramEnd } from './run-program';
import { TENSORFLOW_VERSION, WHEEL_PYTHON, wheelPackage } from './versions';
import type { FillFolder, WayContext } from './way';

/** Takes what is needed out of the wheel (a zip with a member of 800 MB) piece by piece; Python checks each member's CRC. */
const UNPACK = `
import os, sys, zipfile
wheel, libraries, headers, licences = sys.argv[1:5]
roots = tuple('tensorflow/include/' + root for root in (
    'tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/', 'xla/tsl/platform/'))
def place(name):
    base = os.path.basename(name)
    if name.startswith('tensorflow/libtensorflow_'):
        return os.path.join(libraries, base)
    if name.startswith(roots) and name.endswith(('.h', '.inc')):
        return os.path.join(headers, *name.split('/')[2:])
    if name in ('tensorflow/include/LICENSE', 'tensorflow/THIRD_PARTY_NOTICES.txt'):
        return os.path.join(licences, base)
with zipfile.ZipFile(wheel) as archive:
    members = [(member, place(member.filename)) for member in archive.infolist() if not member.is_dir()]
    members = [(member, target) for member, target in members if target]
    total, done, said = sum(member.file_size for member, _ in members), 0, 0
    for member, target in members:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(member) as source, open(target, 'wb') as sink:
            while True:
                piece = source.read(1 << 20)
                if not piece: break
                sink.write(piece)
                done += len(piece)
                if done - said > (8 << 20) or done == total:
                    said = done
                    print(done, total, flush=True)
`;

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
  const wheel = names.find((name) => name.endsWith('.whl') && name.includes(`-${TENSORFLOW_VERSION}-`));
  return wheel === undefined ? null : path.join(folder, wheel);
}

function programProblem(run: ProgramEnd, what: string, advice: string, folder: string): Result<never> {
  if (run.end === 'cancelled') return fail('setup/cancelled', 'Preparing the native engine was cancelled.');
  if (speaksOfFullDisk(run.errors)) return diskFull(folder);
  const reason =
    run.end === 'silent'
      ? `nothing happened for ${Math.round(silenceLimit() / 1000)} s`
      : lastComplaint(run.errors);
  return fail('setup/build-failed', `${what} did not succeed: ${reason.replace(/\.?$/, '.')} ${advice}`);
}

/** "(260.1 MB)" in pip's own talk. */
function announcedBytes(line: string): number | null {
  const size = /\((\d+(?:\.\d+)?) MB\)/.exec(line)?.[1];
  return size === undefined ? null : Math.round(Number(size) * 1e6);
}

async function fetchWheel(python: Tool, context: WayContext): Promise<Result<string>> {
  const keeping = path.join(context.downloads, 'wheel');
  const kept = await wheelIn(keeping);
  if (kept !== null) return ok(kept);
  const arriving = path.join(context.scratch, 'wheel');
  const meanwhile = path.join(context.scratch, 'pip');
  await fs.mkdir(meanwhile, { recursive: true });
  const message = `Downloading TensorFlow ${TENSORFLOW_VERSION}`;
  let total: number | undefined;
  context.onProgress({ stage: 'download', message });
  const run = await runProgram(
    python.command,
    [
      ...python.args,
      ...[
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--only-binary=:all:',
        '--no-input',
        '--disable-pip-version-check',
      ],
      // Nothing of the wheel is run by Python, so any Python can fetch it.
      ...[
        '--python-version',
        WHEEL_PYTHON,
        '--implementation',
        'cp',
        '--abi',
        `cp${WHEEL_PYTHON.replace('.', '')}`,
      ],
      ...['--dest', arriving, `${wheelPackage(process.platform, process.arch)}==${TENSORFLOW_VERSION}`],
    ],
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
    'Downloading TensorFlow with pip',
    'Check the network, or set HTTPS_PROXY when this computer reaches the internet through a proxy.',
    context.downloads,
  );
}

async function unpackWheel(
  python: Tool,
  wheel: string,
  headers: string,
  context: WayContext,
): Promise<Result<void>> {
  const message = 'Unpacking TensorFlow';
  context.onProgress({ stage: 'unpack', message });
  const deps = path.join(context.folder, 'deps');
  const run = await runProgram(
    python.command,
    [...python.args, '-c', UNPACK, wheel, path.join(deps, 'lib'), headers, deps],
    {
      signal: context.signal,
      silence: silenceLimit(),
      onLine: (line) => {
        const [done, total] = line.split(' ').map(Number);
        if (done !== undefined && total !== undefined && total > 0)
          context.onProgress({ stage: 'unpack', message, done, total });
      },
    },
  );
  if (run.end === 'exit' && run.code === 0) return ok(undefined);
  // A damaged download must not be taken up again.
  if (run.end === 'exit' && !speaksOfFullDisk(run.errors)) await fs.rm(wheel, { force: true });
  return programProblem(
    run,
    `Unpacking ${path.basename(wheel)}`,
    'Start again to download it anew.',
    context.folder,
  );
}

export const buildFromWheel: FillFolder = async (context) => {
  if (process.platform === 'win32') {
    return fail(
      'setup/no-build',
      'TensorFlow for Windows cannot be built here; only the official files can be used.',
    );
  }
  const python = await findPython();
  if (python === null)
    return fail(
      'setup/no-python',
      'Python 3 was not found. Install python3 with pip, or name it with AXONRY_PYTHON.',
    );
  if ((await findPip(python)) === null) {
    return fail(
      'setup/no-pip',
      `Python ${python.version} has no pip. Install it (on Debian and Ubuntu: apt install python3-pip).`,
    );
  }
  // Before 260 MB are fetched in vain.
  if ((await findCompiler()) === null) return noCompiler();
  const wheel = await fetchWheel(python, context);
  if (!wheel.ok) return wheel;
  const headers = path.join(context.scratch, 'include');
  const unpacked = await unpackWheel(python, wheel.value, headers, context);
  return unpacked.ok ? compileAddon(context, headers) : unpacked;
};
