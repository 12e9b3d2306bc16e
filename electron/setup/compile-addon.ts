/** tfjs-node's add-on, compiled against whatever TensorFlow library lies in the folder: one compiler call, no node-gyp. */
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { speaksOfFullDisk, diskFull } from './disk-problem';
import { silenceLimit } from './limits';
import { bindingFile } from './locations';
import { findCompiler } from './machine-tools';
import { libraryFolder } from './native-folder';
import { lastComplaint, runProgram } from './run-program';
import { NODE_API_VERSION } from './versions';
import type { WayContext } from './way';

const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

/** A compiler says nothing while it works. */
const patience = (): number => silenceLimit() * 5;

/** Each library once: of `libx.so`, `libx.so.2` and `libx.so.2.9.1` only the file that the others link to. */
async function librariesToLink(folder: string): Promise<string[]> {
  const entries = await fs.readdir(libraryFolder(folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.startsWith('libtensorflow'))
    .map((entry) => path.join(libraryFolder(folder), entry.name));
}

function platformFlags(): string[] {
  return process.platform === 'darwin'
    ? ['-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
    : ['-Wl,-rpath,$ORIGIN/../../deps/lib'];
}

export function noCompiler(): { ok: false; problem: Problem } {
  const advice =
    process.platform === 'darwin'
      ? 'Run "xcode-select --install"'
      : 'Install g++ or clang++ (on Debian and Ubuntu: apt install g++)';
  return fail('setup/no-compiler', `No C++ compiler was found. ${advice}.`);
}

export async function compileAddon(context: WayContext, tensorflowHeaders: string): Promise<Result<void>> {
  const compiler = await findCompiler();
  if (compiler === null) return noCompiler();
  context.onProgress({ stage: 'compile', message: 'Joining TensorFlow and Node (takes about ten seconds)' });
  const tfjsNode = path.dirname(nodeRequire.resolve('@tensorflow/tfjs-node/package.json'));
  const nodeHeaders = path.join(
    path.dirname(nodeRequire.resolve('node-api-headers/package.json')),
    'include',
  );
  await fs.mkdir(path.dirname(bindingFile(context.folder)), { recursive: true });
  const run = await runProgram(
    compiler.command,
    [
      ...['-O2', '-std=c++17', '-shared', '-fPIC', `-DNAPI_VERSION=${NODE_API_VERSION}`],
      ...[nodeHeaders, tfjsNode, tensorflowHeaders].flatMap((folder) => ['-I', folder]),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => path.join(tfjsNode, 'binding', file)),
      ...(await librariesToLink(context.folder)),
      ...platformFlags(),
      ...['-o', bindingFile(context.folder)],
    ],
    { signal: context.signal, silence: patience() },
  );
  if (run.end === 'exit' && run.code === 0) return ok(undefined);
  if (run.end === 'cancelled') return fail('setup/cancelled', 'Preparing the native engine was cancelled.');
  if (speaksOfFullDisk(run.errors)) return diskFull(context.folder, context.build);
  const reason =
    run.end === 'silent' ? `it did not finish within ${patience() / 1000} s` : lastComplaint(run.errors);
  return fail(
    'setup/compiler-failed',
    `${compiler.command} ${compiler.version} could not build the add-on: ${reason}`,
  );
}
