/** How much slower the WebAssembly engine trains than TensorFlow, example by example, with the command that a person uses. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { report, type Report } from '../../shared/protocol/run';

const project = path.resolve(import.meta.dirname, '../..');
const EXAMPLES = ['moons', 'iris', 'reviews', 'digits-cnn', 'digits-lstm'];

function train(example: string, engine: 'tensorflow' | 'wasm', out: string): Report {
  const file = path.join(project, 'assets/examples', `${example}.axon`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(project, 'out/main/cli.cjs'), 'train', file, '--engine', engine, '--epochs', '1', '--out', out, '--json'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  ); // prettier-ignore
  const ended = report.safeParse(JSON.parse(stdout.trim().split('\n').pop() ?? '{}'));
  if (!ended.success) throw new Error(`${example} did not train on ${engine}: ${stderr}`);
  return ended.data;
}

export function bench(): Promise<boolean> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-'));
  try {
    console.log(
      'samples a second in one epoch     TensorFlow  WebAssembly    slower   difference of the loss',
    );
    for (const example of EXAMPLES) {
      const native = train(example, 'tensorflow', path.join(work, `${example}-native`));
      const wasm = train(example, 'wasm', path.join(work, `${example}-wasm`));
      const loss = ({ metrics }: Report) => metrics.validation?.loss ?? metrics.train?.loss ?? NaN;
      const times = native.samplesPerSecond / wasm.samplesPerSecond;
      console.log(
        `${example.padEnd(30)} ${native.samplesPerSecond.toFixed(0).padStart(12)} ${wasm.samplesPerSecond.toFixed(0).padStart(12)} ${`${times.toFixed(1)} ×`.padStart(9)}   ${Math.abs(loss(native) - loss(wasm)).toExponential(1)}`,
      );
    }
    return Promise.resolve(true);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
