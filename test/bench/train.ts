/**
 * Measures how fast networks are trained: ours recorded and called one by one, beside Keras as it comes, compiled by XLA
 * and on JAX. All take turns within one run, so that whatever else the machine does hits them alike; only ratios mean much.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryNeed } from '../../shared/compiler/memory-need';
import { Competitor } from './train/competitor';
import { bundledWorker, contestants, taskOf } from './train/contestants';
import { lineOf, textOf, type Line } from './train/line';
import { dataBytes } from './train/made-up';
import { scale } from './train/scale';
import type { Machine } from './train/worker';
import { planOf, WORKLOADS, type Workload } from './train/workloads';

const ROUNDS = 5;
const SECONDS = 0.5;

interface Measured {
  line: Line;
  machine: Machine | null;
}

/** One line on stderr that is written over, where somebody looks. */
function progress({ name }: Workload, text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}: ${text}`);
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
  const { sketches, missing } = contestants(worker, workload);
  const all: Competitor[] = [];
  const task = taskOf(workload, plan);
  let machine: Machine | null;
  try {
    // One after the other: a process that loads its libraries would take the machine from the first step of another.
    for (const sketch of sketches) {
      progress(workload, `${sketch.name} takes its first step`);
      const competitor = new Competitor(sketch);
      all.push(competitor);
      await competitor.prepare(task);
    }
    for (let i = 0; i < rounds; i++) {
      progress(workload, `round ${i + 1} of ${rounds}`);
      for (const competitor of all) await competitor.round(SECONDS);
    }
    machine = await all[0].machine();
  } finally {
    for (const competitor of all) await competitor.end();
  }
  const line = lineOf(workload, [...all.map(({ figures }) => figures), ...missing], { plan, predictedBytes: memoryNeed(plan, dataBytes(workload)).total, machine }); // prettier-ignore
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  tell(`${workload.title}\n${textOf(line).join('\n')}`);
  return { line, machine };
}

/** `[--json] [--rounds=n] [names…]`, or `--scale` for the table over the number of samples. */
export async function bench(args: readonly string[]): Promise<boolean> {
  if (args.includes('--scale')) return scale();
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
  const mlp = measured.find(({ line }) => line.name === 'mlp');
  const gemm =
    mlp === undefined ? null : { gflops: mlp.machine?.gflops, oursShare: mlp.line.bounds?.products };
  const workloads = measured.map(({ line: { speeds, peakBytes, ...line } }) => ({
    ...line,
    ...speeds,
    memory: peakBytes,
  }));
  if (json) console.log(JSON.stringify({ workloads, gemm }));
  return measured.length === asked.length && measured.every(({ line }) => line.shortOf.length === 0);
}
