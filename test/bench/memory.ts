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
import { planOf, row, WORKLOADS, type Workload } from './train/workloads';

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

function attending(drawing: Drawing): string {
  drawing.chain('input', ['Embedding', { input_dim: 2_000, output_dim: 64 }]);
  const words = Object.keys(drawing.document.blocks).at(-1) as string;
  drawing
    .place('MultiHeadAttention', { num_heads: 4, key_dim: 32 }, { id: 'attention' })
    .wire(words, 'attention.query').wire(words, 'attention.value'); // prettier-ignore
  drawing.chain('attention', 'GlobalAveragePooling1D', ['Dense', { units: 2, activation: 'softmax' }]);
  return Object.keys(drawing.document.blocks).at(-1) as string;
}

const classified = (
  name: string,
  title: string,
  input: Workload['input'],
  batch: number,
  ...layers: Parameters<typeof row>
): Workload => ({
  name, title, input, batch, classes: 10, steps: 8, asked: {},
  layers: row(...layers, ['Dense', { units: 10, activation: 'softmax' }]),
}); // prettier-ignore

const sequence = (steps: number, features: number): Workload['input'] => ({
  shape: [steps, features],
  kind: 'normal',
});
const digits: Workload['input'] = { shape: [28, 28, 1], kind: 'bytes' };
const convolutions: Parameters<typeof row> = [
  ['Conv2D', { filters: 32, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
  'MaxPooling2D',
  ['Conv2D', { filters: 64, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
  'Flatten',
];

/** What the model of memory was not made by: other widths, lengths and batches. */
const OTHERS: readonly Workload[] = [
  {
    name: 'unet', title: 'U-Net of two levels, 64×64, batch 16', input: { shape: [64, 64, 1], kind: 'bytes' }, classes: null, batch: 16, steps: 8,
    layers: unet, asked: {},
  },
  classified('lstm-stacked', 'LSTM(64) on LSTM(64), 60 steps, batch 64', sequence(60, 8), 64, ['LSTM', { units: 64, return_sequences: true }], ['LSTM', { units: 64 }]),
  classified('lstm-wide', 'LSTM(256), 40 steps, batch 64', sequence(40, 64), 64, ['LSTM', { units: 256 }]),
  classified('gru-long', 'GRU(64), 150 steps, batch 64', sequence(150, 8), 64, ['GRU', { units: 64 }]),
  classified('cnn-32', 'CNN 32-64 without the last pooling, batch 32', digits, 32, ...convolutions),
  classified('cnn-256', 'CNN 32-64 without the last pooling, batch 256', digits, 256, ...convolutions),
  {
    name: 'attention', title: 'MultiHeadAttention(4 × 32) on 128 tokens, batch 32', input: { shape: [128], kind: 'words', words: 2_000 }, classes: 2, batch: 32, steps: 8,
    layers: attending, asked: {},
  },
  classified('embedding', 'Embedding(50,000 × 64), 100 tokens, batch 32', { shape: [100], kind: 'words', words: 50_000 }, 32, ['Embedding', { input_dim: 50_000, output_dim: 64 }], 'GlobalAveragePooling1D'),
]; // prettier-ignore

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

/** `[names…]` of workloads as in `train`, and of the others. */
export async function bench(names: readonly string[]): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-memory-'));
  const asked = [...WORKLOADS, ...OTHERS].filter(({ name }) => names.length === 0 || names.includes(name));
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
