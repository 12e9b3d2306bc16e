/**
 * Measures what it costs to train on a set that does not live in the session: wide samples, whose rows are gathered in
 * JavaScript and fed, or read from the disk while the step before computes. The same steps with the set in the session
 * stand beside it, what gathering takes of a step, and what it would take to read each batch when its step begins.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Json } from '../../shared/document/document';
import { RandomStream } from '../../shared/random/random';
import { FileValues } from '../../electron/data/file-values';
import { typeOfArray, type Numbers } from '../../electron/data/numbers';
import { OpenedFile } from '../../electron/data/opened-file';
import type { NumberValues } from '../../electron/data/values';
import { buildNetwork } from '../../electron/engine/network/network';
import { recordedStep } from '../../electron/engine/step/recorded/record-step';
import { Batches, trainingData } from '../../electron/engine/step/recorded/training-data';
import type { TrainingStep } from '../../electron/engine/step/step';
import { ReadAhead } from '../../electron/engine/step/read-ahead';
import type { Samples } from '../../electron/engine/step/samples';
import { planSamples } from '../../electron/engine/training/plan-samples';
import { useNative } from '../engine/native';
import { median } from './train/line';
import { planOf, type Workload } from './train/workloads';

const ROUNDS = 5;
const STEPS = 60;
const NONE = new Int32Array();
/** A reader ahead would pay where it saved more than this share of the time. */
const WORTH = 0.15;

type Layer = string | [string, Record<string, Json>];
const dense = (units: number, activation = 'relu'): Layer => ['Dense', { units, activation }];
const conv = (filters: number): Layer => [
  'Conv2D',
  { filters, kernel_size: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' },
];
const wide = (name: string, shape: number[], kind: 'bytes' | 'normal', batch: number, ...layers: Layer[]): Workload => ({
  name, title: name, input: { shape, kind }, classes: 10, batch, steps: 1, asked: {},
  layers: (drawing) => {
    drawing.chain('input', ...layers, dense(10, 'softmax'));
    return Object.keys(drawing.document.blocks).at(-1) as string;
  },
}); // prettier-ignore

const CASES: readonly Workload[] = [
  wide('one layer on 128×128×3 bytes, batch 32', [49_152], 'bytes', 32),
  wide('one layer on 128×128×3 numbers, batch 32', [49_152], 'normal', 32),
  wide('64 units on 64×64×3 bytes, batch 64', [12_288], 'bytes', 64, dense(64)),
  wide('64 units on a table of 1,000 columns, batch 256', [1000], 'normal', 256, dense(64)),
  wide('convolutions on 128×128×3 bytes, batch 32', [128, 128, 3], 'bytes', 32, conv(16), 'MaxPooling2D', conv(32), 'GlobalAveragePooling2D'),
]; // prettier-ignore

function valuesOf({ input }: Workload, length: number): Numbers {
  const random = new RandomStream(1, 'bench', 'values');
  // Large sets are filled quickly: a stretch again and again.
  const stretch = Float32Array.from({ length: 65_536 }, () => (input.kind === 'bytes' ? random.below(256) : random.normal())); // prettier-ignore
  const values = input.kind === 'bytes' ? new Uint8Array(length) : new Float32Array(length);
  for (let at = 0; at < length; at += stretch.length) values.set(stretch.subarray(0, length - at), at);
  return values;
}

/** Milliseconds of a step in each way, and of gathering its rows. From the disk: with nothing of the file in memory. */
type Row = Record<'fed' | 'resident' | 'gathering' | 'disk' | 'ahead', number>;

/** The same values, in a file. */
function inFile(values: Numbers, folder: string): { file: string; values: FileValues } {
  const file = path.join(folder, 'values');
  const written = openSync(file, 'w');
  writeSync(written, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  fsyncSync(written);
  closeSync(written);
  const [bytesEach, type] = [values.BYTES_PER_ELEMENT, typeOfArray(values)];
  const decode = (bytes: Uint8Array): Numbers =>
    type === 'uint8' ? bytes : new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / bytesEach);
  const piece = { file: new OpenedFile(file), begin: 0, length: values.length, bytesEach, type, decode };
  return { file, values: new FileValues([piece]) };
}

/** Drops what the system keeps of a file in memory. */
const makeCold = (file: string): unknown =>
  execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });

async function measure(workload: Workload, bytes: number, folder: string): Promise<Row> {
  const { batch, input } = workload;
  const size = input.shape.reduce((product, axis) => product * axis, 1);
  const n = batch * Math.max(4, Math.floor(bytes / (size * (input.kind === 'bytes' ? 1 : 4)) / batch));
  const plan = planOf({ ...workload, steps: n / batch });
  if (typeof plan === 'string') throw new Error(plan);
  const random = new RandomStream(1, 'bench', 'rows');
  const held = valuesOf(workload, n * size);
  const labels = Int32Array.from({ length: n }, () => random.below(10));
  const samplesOf = (values: NumberValues): Samples => planSamples(plan, {
    n,
    parts: new Uint8Array(n),
    arrays: [
      { values, shape: input.shape, scale: input.kind === 'bytes' ? 1 / 255 : 1, offset: 0 },
      { values: labels, shape: [], scale: 1, offset: 0 },
    ],
    state: { format: 'axonry-preparation', version: 1, sources: [], steps: [], arrays: [] },
  }); // prettier-ignore
  const { file, values: onDisk } = inFile(held, folder);
  const [samples, stored] = [samplesOf(held), samplesOf(onDisk)];
  const network = buildNetwork(plan, { seed: 1 });
  const stepWith = (storedBytes: number, from = samples): TrainingStep => {
    const options = { plan, trainer: plan.trainers[0], network, samples: from, sampleWeights: new Map(), sizes: [batch] };
    const step = recordedStep({ ...options, storedBytes, together: 1 });
    if (!step.ok) throw new Error(step.problem.message);
    return step.value;
  }; // prettier-ignore
  const order = random.permutation(n);
  const steps = Math.min(STEPS, n / batch);
  const [fed, resident, disk] = [stepWith(0), stepWith(Infinity), stepWith(0, stored)];
  const readAhead = new ReadAhead(stored);
  const { columns } = trainingData(samples, new Map(), 0);
  const batches = new Batches();
  const acts: Record<keyof Row, (rows: Int32Array, next: Int32Array) => unknown> = {
    fed: (rows) => fed.step(rows),
    resident: (rows) => resident.step(rows),
    gathering: (rows) => columns.map((column) => batches.take(column, rows)),
    disk: (rows) => disk.step(rows),
    ahead: async (rows, next) => {
      await readAhead.ready(rows, next);
      disk.step(rows);
    },
  };
  const times: Record<keyof Row, number[]> = { fed: [], resident: [], gathering: [], disk: [], ahead: [] };
  const rowsOf = (i: number): Int32Array => order.subarray(i * batch, (i + 1) * batch);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of Object.keys(acts) as (keyof Row)[]) {
      if (name === 'disk' || name === 'ahead') makeCold(file);
      const began = performance.now();
      for (let i = 0; i < steps; i++) await acts[name](rowsOf(i), i + 1 < steps ? rowsOf(i + 1) : NONE);
      // The first round also loads and plans.
      if (round > 0) times[name].push((performance.now() - began) / steps);
    }
  }
  for (const step of [fed, resident, disk]) step.dispose();
  network.dispose();
  const middle = (name: keyof Row): number => median(times[name]) ?? NaN;
  return Object.fromEntries(Object.keys(acts).map((name) => [name, middle(name as keyof Row)])) as Row;
}

/** `[megabytes of each set]` */
export async function bench([megabytes]: readonly string[]): Promise<boolean> {
  await useNative();
  const bytes = (Number(megabytes) || 600) * 1e6;
  const shares: number[] = [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-pipeline-'));
  for (const workload of CASES) {
    const { fed, resident, gathering, disk, ahead } = await measure(workload, bytes, folder);
    shares.push(gathering / fed);
    console.log(`${workload.name.padEnd(48)} fed ${fed.toFixed(2)} ms a step, of the session ${resident.toFixed(2)} ms (${(fed / resident).toFixed(2)} ×); gathering ${gathering.toFixed(2)} ms: hiding it would gain ${(fed / (fed - gathering)).toFixed(2)} ×`); // prettier-ignore
    console.log(`${''.padEnd(48)} on the disk ${ahead.toFixed(2)} ms (${(ahead / fed).toFixed(2)} × fed), read when a step begins ${disk.toFixed(2)} ms: reading ahead gains ${(disk / ahead).toFixed(2)} ×`); // prettier-ignore
  }
  rmSync(folder, { recursive: true, force: true });
  const middle = median(shares) ?? Infinity;
  console.log(`gathering takes ${(100 * middle).toFixed(0)} % of a step in the middle of these; reading ahead is worth having from ${100 * WORTH} % on`); // prettier-ignore
  return middle < WORTH;
}
