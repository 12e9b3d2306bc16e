/** Tries a native folder in a process of its own: a library for another processor ends the process that loads it. */
import { fail, ok, type Result } from '../../shared/result';
import { silenceLimit } from './limits';
import { bindingFile } from './locations';
import { lastComplaint, runProgram } from './run-program';
import { supportedVersion, versionProblem } from './versions';

/** Loads the add-on and multiplies [3 4] by [5 6]ᵀ, which goes through TensorFlow's own kernels. */
const PROGRAM = `
const binding = require(process.argv[1]);
process.stdout.write('TensorFlow ' + binding.TF_Version + '\\n');
const tensor = (shape, values) => binding.createTensor(shape, binding.TF_FLOAT, new Float32Array(values));
const [product] = binding.executeOp('MatMul', [
  { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
  { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
], [tensor([1, 2], [3, 4]), tensor([2, 1], [5, 6])], 1);
const value = binding.tensorDataSync(product.id)[0];
if (value !== 39) throw new Error('3*5 + 4*6 gave ' + value);
process.stdout.write(binding.isUsingGpuDevice() ? 'calculates on a graphics card' : 'calculates');
`;

/** What Windows answers instead of a signal. */
const ILLEGAL_INSTRUCTION_ON_WINDOWS = 0xc000001d;

/** A cold library of 800 MB is silent for long on a slow disk. */
const patience = (): number => silenceLimit() * 3;

/** Gives the version of the TensorFlow library, and whether it computes on a graphics card. */
export async function probeNative(
  folder: string,
  signal?: AbortSignal,
): Promise<Result<{ tensorflow: string; onGraphicsCard: boolean }>> {
  const run = await runProgram(process.execPath, ['-e', PROGRAM, bindingFile(folder)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
    signal,
    silence: patience(),
  });
  const version = /TensorFlow (.*)/.exec(run.output)?.[1];
  if (version !== undefined && !supportedVersion(version)) return versionProblem(folder, version);
  const [calculates, card] = /calculates( on a graphics card)?$/.exec(run.output) ?? [];
  if (run.end === 'exit' && run.code === 0 && version !== undefined && calculates !== undefined)
    return ok({ tensorflow: version, onGraphicsCard: (card as string | undefined) !== undefined });
  if (run.end === 'cancelled') return fail('setup/cancelled', 'Preparing the native engine was cancelled.');
  if (run.signal === 'SIGILL' || run.code === ILLEGAL_INSTRUCTION_ON_WINDOWS) {
    return fail(
      'setup/cpu-unsupported',
      `The engine in ${folder} uses processor instructions (AVX) that this computer does not have. Train without TensorFlow here: on WebAssembly, which is slower (--engine wasm).`,
    );
  }
  if (run.end === 'silent') {
    return fail(
      'setup/native-hangs',
      `The engine in ${folder} was loaded but did not answer within ${patience() / 1000} s.`,
    );
  }
  const reason =
    run.signal === null ? lastComplaint(run.errors) : `the process that loaded it was ended by ${run.signal}`;
  return fail('setup/native-unloadable', `The engine in ${folder} could not be loaded: ${reason}`);
}
