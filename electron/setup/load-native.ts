/**
 * Brings tfjs-node to life from a native folder, for processes that train. Knows nothing of how the folder was made.
 * tfjs-node's own index.js is never loaded: it looks for the add-on inside its package and nowhere else.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TensorFlow from '@tensorflow/tfjs';
import type * as KernelBackend from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { fail, ok, type Result } from '../../shared/result';
import { bindingFile } from './locations';
import { supportedVersion, versionProblem } from './versions';

/** Core, layers, data and converter in one namespace. */
export type Tf = typeof TensorFlow;
export type Binding = TFJSBinding;

export interface LoadedNative {
  tf: Tf;
  binding: Binding;
  /** Of the TensorFlow library, as `2.21.0`. */
  version: string;
}

/** A bundled CommonJS file has a file name, a source module has a URL; both lead to the same node_modules. */
const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

/** tfjs-node 4.22 calls both; Node 23 removed the first, Node 22 warns at the second. */
function restoreOldNodeFunctions(): void {
  const util = nodeRequire('node:util') as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}

async function load(folder: string, threads: number | undefined): Promise<Result<LoadedNative>> {
  restoreOldNodeFunctions();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow leaves its faster convolutions off where a processor has no AVX-512: there they take half the time too.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  if (threads !== undefined) {
    process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
    process.env.TF_NUM_INTEROP_THREADS ??= String(threads);
  }
  let binding: Binding;
  try {
    binding = nodeRequire(bindingFile(folder)) as Binding;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return fail(
      'setup/native-unloadable',
      `The native engine in ${folder} could not be loaded (${reason}). Run "npm run axonry -- doctor" to mend it.`,
    );
  }
  if (!supportedVersion(binding.TF_Version)) return versionProblem(folder, binding.TF_Version);
  const tf = nodeRequire('@tensorflow/tfjs') as Tf;
  const { NodeJSKernelBackend } = nodeRequire(
    '@tensorflow/tfjs-node/dist/nodejs_kernel_backend',
  ) as typeof KernelBackend;
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'), 3);
  nodeRequire('@tensorflow/tfjs-node/dist/register_all_kernels');
  if (!(await tf.setBackend('tensorflow'))) {
    return fail(
      'setup/backend-refused',
      `TensorFlow.js refused the native engine in ${folder}. Run "npm run axonry -- doctor" to mend it.`,
    );
  }
  return ok({ tf, binding, version: binding.TF_Version });
}

/** One process holds one engine: a second library in it would share symbols with the first. */
let loaded: { folder: string; result: Promise<Result<LoadedNative>> } | null = null;

/**
 * `folder` is the path of a complete native folder (see `findNative`); `threads` of computation, one for each core where it
 * is left out. Loading the same folder again gives the same engine.
 */
export function loadNative(folder: string, threads?: number): Promise<Result<LoadedNative>> {
  const absolute = path.resolve(folder);
  if (loaded !== null && loaded.folder !== absolute) {
    throw new Error(`this process already runs the engine of ${loaded.folder}`);
  }
  if (loaded !== null) return loaded.result;
  const result = load(absolute, threads);
  loaded = { folder: absolute, result };
  // After mending, the same process may try again.
  void result.then((end) => {
    if (!end.ok) loaded = null;
  });
  return result;
}
