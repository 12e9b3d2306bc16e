/** Tells what a recorded step spends its time on: the graph that the engine has loaded is run again by TensorFlow's own tracer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { peerPython } from '../../scripts/peers.mjs';
import { Competitor } from './train/competitor';
import { bundledWorker, ours, taskOf } from './train/contestants';
import { median } from './train/line';
import { planOf, WORKLOADS } from './train/workloads';

const LINES = 16;
const script = path.join(import.meta.dirname, 'train/profile.py');

/** `names… [--lines=n]`: workloads as in `train`. */
export async function bench(args: readonly string[]): Promise<boolean> {
  const lines = args.find((arg) => arg.startsWith('--lines='))?.split('=')[1] ?? String(LINES);
  const python = peerPython().interpreter;
  if (python === undefined) throw new Error('Python with TensorFlow is needed to trace a step');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-profile-'));
  try {
    const worker = await bundledWorker(folder);
    for (const workload of WORKLOADS.filter(({ name }) => args.includes(name))) {
      const plan = planOf(workload);
      if (typeof plan === 'string') throw new Error(plan);
      const calls = path.join(folder, workload.name);
      const kept = new Competitor(ours(worker, 'kept', { AXONRY_BENCH_CALLS: calls }));
      await kept.prepare(taskOf(workload, plan));
      if (!kept.alive) throw new Error(kept.figures.note);
      await kept.end();
      const measured = new Competitor(ours(worker));
      await measured.prepare(taskOf(workload, plan));
      for (let i = 0; i < 3; i++) await measured.round(1);
      await measured.end();
      const { rounds, cpuRounds, firstStep, peakBytes } = measured.figures;
      const perStep = (speeds: readonly number[]): string =>
        `${((1e3 * workload.batch) / (median(speeds) ?? NaN)).toFixed(2)} ms`;
      console.log(
        `${workload.title}: ${perStep(rounds)} a step, ${perStep(cpuRounds)} of processor time; first step ${firstStep?.toFixed(2)} s, peak ${((peakBytes ?? 0) / 1e6).toFixed(0)} MB`,
      );
      spawnSync(python, [script, calls, lines], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '1' },
      });
    }
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
