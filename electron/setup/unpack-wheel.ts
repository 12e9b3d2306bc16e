/** Takes what the engine needs out of a Python package: TensorFlow's libraries and headers, or NVIDIA's libraries. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../shared/result';
import { speaksOfFullDisk } from './disk-problem';
import { silenceLimit } from './limits';
import type { Tool } from './machine-tools';
import { programProblem } from './pip-wheel';
import { runProgram } from './run-program';
import type { WayContext } from './way';

/**
 * A wheel is a zip with members of up to 1.1 GB, so they are taken piece by piece; Python checks each member's CRC.
 * NVIDIA's libraries keep their folders (`nvidia/cudnn/lib/…`), because TensorFlow's library looks for them there, beside
 * its own folder.
 */
const UNPACK = `
import os, sys, zipfile
wheel, libraries, headers, beside = sys.argv[1:5]
roots = tuple('tensorflow/include/' + root for root in (
    'tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/', 'xla/tsl/platform/'))
def place(name):
    base = os.path.basename(name)
    if name.startswith('tensorflow/libtensorflow_'):
        return os.path.join(libraries, base)
    if name.startswith(roots) and name.endswith(('.h', '.inc')):
        return os.path.join(headers, *name.split('/')[2:])
    if name.startswith('nvidia/') and '/lib/' in name and '.so' in base and '..' not in name.split('/'):
        return os.path.join(beside, *name.split('/'))
    if name in ('tensorflow/include/LICENSE', 'tensorflow/THIRD_PARTY_NOTICES.txt'):
        return os.path.join(beside, base)
    if '.dist-info/' in name and base.lower().startswith('license') and os.path.basename(wheel).startswith('nvidia'):
        return os.path.join(beside, 'nvidia', os.path.basename(wheel).split('-')[0] + '-' + base)
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

export const headersFolder = ({ scratch }: WayContext): string => path.join(scratch, 'include');

export async function unpackWheel(
  python: Tool,
  wheel: string,
  title: string,
  context: WayContext,
): Promise<Result<void>> {
  const message = `Unpacking ${title}`;
  context.onProgress({ stage: 'unpack', message });
  const deps = path.join(context.folder, 'deps');
  const run = await runProgram(
    python.command,
    [...python.args, '-c', UNPACK, wheel, path.join(deps, 'lib'), headersFolder(context), deps],
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
    context,
  );
}
