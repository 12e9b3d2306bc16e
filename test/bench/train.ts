/**
 * Measures how fast networks are trained: ours recorded and called one by one, beside Keras as it comes, compiled by XLA
 * and on JAX. All take turns within one run, so that whatever else the machine does hits them alike; only ratios mean much.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { peerPython } from '../../scripts/peers.mjs';
import { Competitor, type CompetitorSketch, type Figures } from './train/competitor';
import { planOf, samplesOf, WORKLOADS, type Workload } from './train/workloads';

const ROUNDS = 5;
const SECONDS = 0.5;
const here = path.join(import.meta.dirname, 'train');

const median = (values: readonly number[]): number | null =>
  values.length === 0 ? null : [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

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
): { sketches: CompetitorSketch[]; missing: string[] } {
  const ours = (name: string, env: Record<string, string>): CompetitorSketch => ({ name, command: process.execPath, args: [worker], env: { NODE_PATH: modules, ...env } }); // prettier-ignore
  const sketches = [ours('ours', {}), ours('tfjsNode', { AXONRY_STEP: 'eager' })];
  const missing: string[] = [];
  const keras = (name: string, python: { interpreter?: string; reason?: string }, env: string, task: CompetitorSketch['task'] = {}): void => {
    if (python.interpreter === undefined) missing.push(`${name}: ${python.reason}`);
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

interface Line {
  name: string;
  unit: 'samples/s';
  /** Medians over the rounds. */
  speeds: Record<string, number | null>;
  /** Median over the rounds of ours by theirs in the same round. */
  ratios: Record<string, number | null>;
  /** The same of samples by a second of processor time. */
  cpuRatios: Record<string, number | null>;
  ratioBest: number | null;
  peakBytes: Record<string, number | null>;
  firstStep: Record<string, number | null>;
  notes: Record<string, string>;
  multiplyAdds: number;
  reached: boolean;
}

const ratio = (ours: readonly number[], theirs: readonly number[]): number | null =>
  median(theirs.map((speed, i) => ours[i] / speed).filter(Number.isFinite));

function lineOf({ name, asked }: Workload, all: readonly Figures[], multiplyAdds: number): Line {
  const [ours, ...others] = all;
  const by = <T>(pick: (figures: Figures) => T) => Object.fromEntries(all.map((figures) => [figures.name, pick(figures)])) as Record<string, T>; // prettier-ignore
  const ratios = Object.fromEntries(
    others.map((figures) => [figures.name, ratio(ours.rounds, figures.rounds)]),
  );
  const cpuRatios = Object.fromEntries(
    others.map((figures) => [figures.name, ratio(ours.cpuRounds, figures.cpuRounds)]),
  );
  const rivals = ['keras', 'kerasXla', 'kerasJax'].flatMap((rival) => ratios[rival] ?? []);
  const ratioBest = rivals.length === 0 ? null : Math.min(...rivals);
  const enough = (found: number | null | undefined, wanted: number | undefined): boolean =>
    wanted === undefined || found === null || found === undefined || found >= wanted;
  return {
    name,
    unit: 'samples/s',
    speeds: by(({ rounds }) => median(rounds)),
    ratios,
    cpuRatios,
    ratioBest,
    peakBytes: by(({ peakBytes }) => peakBytes),
    firstStep: by(({ firstStep }) => firstStep),
    notes: by(({ note }) => note),
    multiplyAdds,
    reached:
      ours.rounds.length > 0 &&
      enough(ratioBest, asked.best) &&
      enough(ratios.keras, asked.keras) &&
      enough(ratios.kerasSteps, asked.kerasSteps) &&
      enough(ratios.tfjsNode, 2),
  };
}

interface Measured {
  line: Line;
  gflops: number | null;
}

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
  const line = lineOf(workload, all.map(({ figures }) => figures), plan.totals.multiplyAdds); // prettier-ignore
  tell(`${workload.title}\n${[...textOf(line), ...missing.map((reason) => `  ${reason}`)].join('\n')}`);
  return { line, gflops };
}

const number = (value: number | null | undefined, digits = 0): string => value === null || value === undefined ? '–' : value.toFixed(digits); // prettier-ignore

const textOf = (line: Line): string[] => [
  ...Object.keys(line.speeds).map(
    (name) =>
      `  ${name.padEnd(10)} ${number(line.speeds[name]).padStart(8)} samples/s  ours is ${number(name === 'ours' ? 1 : line.ratios[name], 2).padStart(6)} × by the clock, ${number(name === 'ours' ? 1 : line.cpuRatios[name], 2).padStart(6)} × by processor time  ` +
      `first step ${number(line.firstStep[name], 2).padStart(5)} s  peak ${number((line.peakBytes[name] ?? NaN) / 1e6).padStart(5)} MB  ${line.notes[name]}`,
  ),
  `  ours by the best of Keras: ${number(line.ratioBest, 2)} ${line.reached ? 'reached' : 'NOT REACHED'}`,
];

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
  try {
    const worker = await bundledWorker(folder);
    for (const workload of WORKLOADS) {
      if (names.length > 0 && !names.includes(workload.name)) continue;
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
  return measured.every(({ line }) => line.reached);
}
