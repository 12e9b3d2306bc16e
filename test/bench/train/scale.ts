/** Measures that time and memory grow with the number of samples and no faster: the same small network, 10³ to 10⁶ samples. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Competitor } from './competitor';
import { bundledWorker, ours, taskOf } from './contestants';
import { median } from './line';
import { planOf, WORKLOADS, type Workload } from './workloads';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const BATCH = 50;
const SECONDS = 0.5;
/** A sample may take this times as long among a million as among ten thousand: caches are smaller than a million samples. */
const SLOWER = 1.5;
/** While they are handed over, samples lie with the reader, in the tensor that is fed and in the session; the shuffled order comes beside them. */
const COPIES = 4;

/** Pictures of 8 × 8 bytes into a small network. */
function workloadOf(n: number): Workload {
  const small = WORKLOADS.find(({ name }) => name === 'small-mlp');
  if (small === undefined) throw new Error('there is no small network to scale');
  return { ...small, input: { shape: [64], kind: 'bytes' }, batch: BATCH, steps: n / BATCH };
}

interface Row {
  n: number;
  /** Seconds for a sample, of the clock. */
  seconds: number;
  peakBytes: number;
}

async function measured(n: number, worker: string): Promise<Row> {
  const workload = workloadOf(n);
  const plan = planOf(workload);
  if (typeof plan === 'string') throw new Error(plan);
  const competitor = new Competitor(ours(worker));
  await competitor.prepare(taskOf(workload, plan));
  for (let i = 0; i < 3; i++) await competitor.round(SECONDS);
  await competitor.end();
  const { rounds, peakBytes, note } = competitor.figures;
  const speed = median(rounds);
  if (speed === null) throw new Error(note);
  return { n, seconds: 1 / speed, peakBytes: peakBytes ?? NaN };
}

/** Prints the table; false where a million samples cost more for each than asked. */
export async function scale(): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-scale-'));
  try {
    const worker = await bundledWorker(folder);
    const rows: Row[] = [];
    for (const n of SIZES) {
      const row = await measured(n, worker);
      rows.push(row);
      console.log(`${String(n).padStart(9)} samples: ${(row.seconds * 1e6).toFixed(2)} µs each, peak ${(row.peakBytes / 1e6).toFixed(0)} MB`); // prettier-ignore
    }
    const [first, second, , last] = rows;
    const bytes = (last.peakBytes - first.peakBytes) / (last.n - first.n);
    const slower = last.seconds / second.seconds;
    const sampleBytes = 64 + 4;
    console.log(`a million: ${slower.toFixed(2)} × as long for each as ten thousand, asked ≤ ${SLOWER}; ${bytes.toFixed(0)} bytes of memory for each sample of ${sampleBytes}, asked ≤ ${COPIES * sampleBytes}`); // prettier-ignore
    return slower <= SLOWER && bytes <= COPIES * sampleBytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
