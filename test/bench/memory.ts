/** Compares what the compiler forecasts a run to take of memory with the most that its engine process really took. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryNeed, type MemoryNeed } from '../../shared/compiler/memory-need';
import type { Plan } from '../../shared/compiler/plan';
import type { Drawing } from '../shared/draw';
import { bundledWorker, modules, taskOf } from './train/contestants';
import { dataBytes } from './train/made-up';
import { planOf, WORKLOADS, type Workload } from './train/workloads';

/** The forecast may be off by this share. */
const ALLOWED = 0.25;

/** Ronneberger et al. 2015, with two levels: maps of the way down are read again on the way up. */
function unet(drawing: Drawing): string {
  const conv = (id: string, from: string, filters: number, activation = 'relu') => {
    const params = { filters, kernel_size: [3, 3], padding: 'same', activation };
    drawing.place('Conv2D', params, { id }).wire(from, id);
    return id;
  };
  const twice = (id: string, from: string, filters: number) =>
    conv(`${id}_b`, conv(`${id}_a`, from, filters), filters);
  const up = (id: string, from: string, beside: string) => {
    drawing
      .place('UpSampling2D', {}, { id: `${id}_size` }).wire(from, `${id}_size`)
      .place('Concatenate', {}, { id }).wire(`${id}_size`, id).wire(beside, id); // prettier-ignore
    return id;
  };
  const down = (id: string, from: string) => {
    drawing.place('MaxPooling2D', {}, { id }).wire(from, id);
    return id;
  };
  const high = twice('high', 'input', 16);
  const middle = twice('middle', down('pool_1', high), 32);
  const low = twice('low', down('pool_2', middle), 64);
  const rising = twice('rising', up('up_1', low, middle), 32);
  return conv('out', twice('top', up('up_2', rising, high), 16), 1, 'sigmoid');
}

const UNET: Workload = {
  name: 'unet', title: 'U-Net of two levels, 64×64, batch 16', input: { shape: [64, 64, 1], kind: 'bytes' }, classes: null, batch: 16, steps: 8,
  layers: unet, asked: {},
}; // prettier-ignore

function peakOf(workload: Workload, plan: Plan, worker: string): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, [worker], {
    input: JSON.stringify(taskOf(workload, plan)),
    env: { ...process.env, NODE_PATH: modules, TF_CPP_MIN_LOG_LEVEL: '3' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${workload.title}: ${stderr}`);
  return (JSON.parse(stdout) as { peakBytes: number }).peakBytes;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const partsOf = ({ total: _, ...parts }: MemoryNeed): string =>
  Object.entries(parts)
    .filter(([, bytes]) => bytes >= 5e5)
    .map(([part, bytes]) => `${part} ${megabytes(bytes)}`)
    .join(', ');

/** `[names…]` of workloads as in `train`, and `unet`. */
export async function bench(names: readonly string[]): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-memory-'));
  const asked = [...WORKLOADS, UNET].filter(({ name }) => names.length === 0 || names.includes(name));
  let good = 0;
  try {
    const worker = await bundledWorker(folder, 'memory-worker');
    for (const workload of asked) {
      const plan = planOf(workload);
      if (typeof plan === 'string') throw new Error(plan);
      const need = memoryNeed(plan, dataBytes(workload));
      const peak = peakOf(workload, plan, worker);
      const ratio = need.total / peak;
      const fits = Math.abs(ratio - 1) <= ALLOWED;
      if (fits) good += 1;
      console.log(
        `${workload.title}: forecast ${megabytes(need.total)}, measured ${megabytes(peak)}, ratio ${ratio.toFixed(2)}${fits ? '' : ' TOO FAR OFF'}\n  ${partsOf(need)}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${good} of ${asked.length} forecasts within ${100 * ALLOWED} % of what was measured`);
  return good === asked.length;
}
