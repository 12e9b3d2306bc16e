/**
 * Our side of the measurement, a process of its own: reads a task as one line of JSON, answers how long the first step
 * took, then trains for a while at each line `round` and answers its speed. What trains is the engine's own loop.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../../../shared/compiler/plan';
import type { Rates } from '../../../shared/protocol/calibration';
import { tf } from '../../../electron/engine/tensorflow';
import type { PreparedSet } from '../../../electron/data/preparation/prepare';
import { calibrate } from '../../../electron/engine/calibrate/calibrate';
import { RunControl } from '../../../electron/engine/training/control';
import { trainEpoch } from '../../../electron/engine/training/epoch';
import { emptyEpoch } from '../../../electron/engine/training/progress';
import { closeSession, openSession, type Session } from '../../../electron/engine/training/session';
import { loadNative } from '../../../electron/setup/load-native';
import { nativeFolder } from '../../../electron/setup/locations';
import { keepCalls } from './keep-calls';
import { madeUp } from './made-up';
import type { InputSketch } from './workloads';

export interface Task {
  plan: Plan;
  input: InputSketch;
  classes: number | null;
  n: number;
  /** Of Keras: compiled by XLA, and how many steps a call does. */
  jit: boolean;
  stepsPerExecution: number;
}

/** Billions a second. */
export interface Machine {
  gflops: number;
  gigabytes: number;
}

function open(task: Task, prepared: PreparedSet, folder: string): Session {
  const opened = openSession({
    plan: task.plan,
    prepared,
    seed: 1,
    folder,
    engine: { backend: 'tensorflow', version: '' },
    emit: () => undefined,
    control: new RunControl(),
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}

/** Epochs in a row until the time is over, at least one. */
async function round(session: Session, seconds: number): Promise<Record<string, number>> {
  const [began, before, used] = [performance.now(), session.progress.samples, process.cpuUsage()];
  do {
    session.progress.partial = emptyEpoch();
    const end = await trainEpoch(session, 1);
    if (end.kind !== 'complete') throw new Error(`the epoch ended with ${end.kind}`);
  } while (performance.now() - began < seconds * 1000);
  const samples = session.progress.samples - before;
  const { user, system } = process.cpuUsage(used);
  return {
    samplesPerSecond: samples / ((performance.now() - began) / 1000),
    samplesPerCpuSecond: samples / ((user + system) / 1e6),
  };
}

/** Seconds of the fastest of some runs with two square matrices of ones. */
function fastest(size: number, compute: (a: Tensor, b: Tensor) => Tensor, times = 8): number {
  const [a, b] = [tf.ones([size, size]), tf.ones([size, size])];
  const run = () => tf.tidy(() => void compute(a, b));
  run();
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    run();
    best = Math.min(best, performance.now() - began);
  }
  tf.dispose([a, b]);
  return best / 1000;
}

/** What the machine can do at best: operations in one large product, bytes to and from memory in one large sum. */
function machine(product = 1024, sum = 4096): Machine {
  return {
    gflops: (2 * product ** 3) / (fastest(product, (a, b) => tf.matMul(a, b)) * 1e9),
    gigabytes: (3 * 4 * sum ** 2) / (fastest(sum, (a, b) => tf.add(a, b)) * 1e9),
  };
}

function calibrated(): Rates {
  const rates = calibrate();
  if (!rates.ok) throw new Error(rates.problem.message);
  return rates.value;
}

const say = (answer: Record<string, unknown>): void =>
  void process.stdout.write(`${JSON.stringify(answer)}\n`);

const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

async function work(): Promise<void> {
  const native = await loadNative(nativeFolder());
  if (!native.ok) throw new Error(native.problem.message);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-'));
  if (process.env.AXONRY_BENCH_CALLS) keepCalls(process.env.AXONRY_BENCH_CALLS);
  let session: Session | null = null;
  let peak: number | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, argument] = line.split(/ (.*)/s);
    if (command === 'task') {
      const task = JSON.parse(argument) as Task;
      const prepared = madeUp(task);
      const began = performance.now();
      session = open(task, prepared, folder);
      session.step.step(Int32Array.from({ length: task.plan.trainers[0].batch_size }, (_, i) => i));
      say({
        firstStep: (performance.now() - began) / 1000,
        note: session.eagerBecause?.message ?? session.step.kind,
      });
    } else if (command === 'round' && session !== null) {
      say(await round(session, Number(argument)));
    } else if (command === 'machine') {
      // Measuring takes memory of its own.
      peak ??= peakBytes();
      say({ ...machine() });
    } else if (command === 'calibrate') say({ rates: calibrated() });
    else break;
  }
  say({ peakBytes: peak ?? peakBytes() });
  if (session !== null) closeSession(session);
  rmSync(folder, { recursive: true, force: true });
}

void work().then(
  () => process.exit(0),
  (error: unknown) => {
    say({ problem: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  },
);
