/**
 * Measures how fast networks are trained: ours recorded and called one by one, beside Keras as it comes, compiled by XLA
 * and on JAX. All take turns within one run, so that whatever else the machine does hits them alike; only ratios mean much.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { peerPython } from '../../scripts/peers.mjs';
import { memoryNeed } from '../../shared/compiler/memory-need';
import { Competitor, idle, type CompetitorSketch, type Figures } from './train/competitor';
import { lineOf, textOf, type Line } from './train/line';
import { planOf, samplesOf, WORKLOADS, type Workload } from './train/workloads';

const ROUNDS = 5;
const SECONDS = 0.5;
const here = path.join(import.meta.dirname, 'train');

/** As the engine itself is built: one file that Node runs as it is. */
async function bundledWorker(folder: string): Promise<string> {
  await build({
    configFile: path.resolve(here, '../../../vite.electron.config.ts'),
    logLevel: 'error',
    build: {
      outDir: folder,
      lib: { entry: path.join(here, 'worker.ts'), formats: ['cjs'], fileName: () => 'worker.cjs' },
    },
  });
  return path.join(folder, 'worker.cjs');
}

/** The file lies outside the project, so Node is told where its modules are. */
const modules = path.resolve(import.meta.dirname, '../../node_modules');

function competitors(
  worker: string,
  workload: Workload,
): { sketches: CompetitorSketch[]; missing: Figures[] } {
  const ours = (name: string, env: Record<string, string>): CompetitorSketch => ({ name, command: process.execPath, args: [worker], env: { NODE_PATH: modules, ...env } }); // prettier-ignore
  const sketches = [ours('ours', {}), ours('tfjsNode', { AXONRY_STEP: 'eager' })];
  const missing: Figures[] = [];
  const keras = (name: string, python: { interpreter?: string; reason?: string }, env: string, task: CompetitorSketch['task'] = {}): void => {
    if (python.interpreter === undefined) missing.push({ ...idle(name), note: python.reason ?? '' });
    else sketches.push({ name, command: python.interpreter, args: [path.join(here, 'keras_worker.py')], env: { KERAS_BACKEND: env }, task });
  }; // prettier-ignore
  const tensorflow = peerPython();
  keras('keras', tensorflow, 'tensorflow');
  if (workload.asked.kerasSteps !== undefined)
    keras('kerasSteps', tensorflow, 'tensorflow', { stepsPerExecution: 32 });
  keras('kerasXla', tensorflow, 'tensorflow', { jit: true });
  keras('kerasJax', peerPython(path.join(here, 'jax-requirements.txt')), 'jax');
  return { sketches, missing };
}

interface Measured {
  line: Line;
  gflops: number | null;
}

/** As the worker makes them up. */
const dataBytes = (workload: Workload): number =>
  samplesOf(workload) *
  (workload.input.shape.reduce((product, axis) => product * axis, workload.input.kind === 'bytes' ? 1 : 4) +
    (workload.classes === null ? 0 : 4));

async function measure(
  workload: Workload,
  worker: string,
  rounds: number,
  tell: (text: string) => void,
): Promise<Measured | null> {
  const plan = planOf(workload);
  if (typeof plan === 'string') {
    tell(`${workload.title}: left out, ${plan}`);
    return null;
  }
  const { sketches, missing } = competitors(worker, workload);
  const all = sketches.map((sketch) => new Competitor(sketch));
  const task = { plan, input: workload.input, classes: workload.classes, n: samplesOf(workload), jit: false, stepsPerExecution: 1 }; // prettier-ignore
  let gflops: number | null = null;
  try {
    for (const competitor of all) await competitor.prepare(task);
    for (let i = 0; i < rounds; i++) for (const competitor of all) await competitor.round(SECONDS);
    if (workload.name === 'mlp') gflops = await all[0].gemm();
  } finally {
    for (const competitor of all) await competitor.end();
  }
  const line = lineOf(workload, [...all.map(({ figures }) => figures), ...missing], plan.totals.multiplyAdds, memoryNeed(plan, dataBytes(workload)).total); // prettier-ignore
  tell(`${workload.title}\n${textOf(line).join('\n')}`);
  return { line, gflops };
}

/** Forward once, backward twice; a multiplication and an addition each. */
const gemmShare = ({ multiplyAdds, speeds }: Line, gflops: number): number =>
  ((speeds.ours ?? 0) * multiplyAdds * 6) / (gflops * 1e9);

/** `[--json] [--rounds=n] [names…]` */
export async function bench(args: readonly string[]): Promise<boolean> {
  const json = args.includes('--json');
  const rounds = Number(args.find((arg) => arg.startsWith('--rounds='))?.split('=')[1] ?? ROUNDS);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const tell = (text: string): void => (json ? console.error(text) : console.log(text));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-train-'));
  const measured: Measured[] = [];
  const asked = WORKLOADS.filter(({ name }) => names.length === 0 || names.includes(name));
  try {
    const worker = await bundledWorker(folder);
    for (const workload of asked) {
      const one = await measure(workload, worker, rounds, tell);
      if (one !== null) measured.push(one);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const mlp = measured.find(({ gflops }) => gflops !== null);
  const gflops = mlp?.gflops ?? null;
  const gemm =
    gflops === null || mlp === undefined ? null : { gflops, oursShare: gemmShare(mlp.line, gflops) };
  if (gemm !== null)
    tell(
      `a large product of matrices: ${gemm.gflops.toFixed(0)} GFLOP/s; the MLP's step reaches ${(100 * gemm.oursShare).toFixed(0)} % of it`,
    );
  const workloads = measured.map(({ line: { speeds, peakBytes, ...line } }) => ({
    ...line,
    ...speeds,
    memory: peakBytes,
  }));
  if (json) console.log(JSON.stringify({ workloads, gemm }));
  return measured.length === asked.length && measured.every(({ line }) => line.shortOf.length === 0);
}
