/**
 * NVIDIA's libraries for a TensorFlow that computes on its cards. TensorFlow's package names them and their versions
 * (its extra `and-cuda`); they are fetched one by one, so that a download that broke off goes on with the next of them.
 */
import { fail, ok, type Result } from '../../shared/result';
import { silenceLimit } from './limits';
import type { Tool } from './machine-tools';
import { fetchWheel, programProblem } from './pip-wheel';
import { runProgram } from './run-program';
import { unpackWheel } from './unpack-wheel';
import type { WayContext } from './way';

/** A line for each requirement; the compiler among them (`nvcc`) is needed by XLA alone, which is not used. */
const REQUIREMENTS = `
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    [metadata] = [name for name in archive.namelist() if name.endswith('.dist-info/METADATA')]
    for line in archive.read(metadata).decode().splitlines():
        found = re.match(r'Requires-Dist: (nvidia-[^;]+);.*and-cuda', line)
        if found and 'nvcc' not in found[1]: print(found[1].strip())
`;

async function requirements(python: Tool, wheel: string, context: WayContext): Promise<Result<string[]>> {
  const run = await runProgram(python.command, [...python.args, '-c', REQUIREMENTS, wheel], {
    signal: context.signal,
    silence: silenceLimit(),
  });
  if (run.end !== 'exit' || run.code !== 0)
    return programProblem(run, `Reading ${wheel}`, 'Start again.', context.folder, context);
  const lines = run.output.split('\n').filter((line) => line !== '');
  return lines.length > 0
    ? ok(lines)
    : fail('setup/build-failed', `${wheel} does not say which of NVIDIA’s libraries it needs.`);
}

export async function addNvidiaLibraries(
  python: Tool,
  tensorflowWheel: string,
  context: WayContext,
): Promise<Result<void>> {
  const needed = await requirements(python, tensorflowWheel, context);
  if (!needed.ok) return needed;
  for (const [i, requirement] of needed.value.entries()) {
    const name = /^nvidia-(.+)-cu\d+/.exec(requirement)?.[1] ?? requirement;
    const title = `NVIDIA’s ${name} (${i + 1} of ${needed.value.length})`;
    const wheel = await fetchWheel(python, { requirement, title }, context);
    if (!wheel.ok) return wheel;
    const unpacked = await unpackWheel(python, wheel.value, title, context);
    if (!unpacked.ok) return unpacked;
  }
  return ok(undefined);
}
