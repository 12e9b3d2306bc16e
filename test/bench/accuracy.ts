/** Trains the example networks on real data through the command line and prints what they reach beside what is asked. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Report } from '../../shared/protocol/run';
import { sharedFolder } from '../environment';

const root = path.resolve(import.meta.dirname, '../..');

interface Job {
  name: string;
  example: string;
  /** In place of the example's own source; null: its own. */
  data: string | null;
  args?: string[];
  metric: 'accuracy' | 'mean_absolute_error';
  asked: number;
  /** Most seconds of training, where that is asked. */
  seconds?: number;
}

const jobs = (data: string): Job[] => [
  {
    name: 'built-in digits, CNN',
    example: 'digits-cnn',
    data: null,
    metric: 'accuracy',
    asked: 0.97,
    seconds: 60,
  },
  {
    name: 'MNIST part, MLP 784-128-128-10',
    example: 'mnist-mlp',
    data: `${data}/mnist`,
    args: ['--epochs', '20'],
    metric: 'accuracy',
    asked: 0.95,
  },
  {
    name: 'MNIST part, CNN of two conv blocks',
    example: 'mnist-cnn',
    data: `${data}/mnist`,
    args: ['--epochs', '8'],
    metric: 'accuracy',
    asked: 0.98,
  },
  {
    name: 'iris, stratified 70/30',
    example: 'iris',
    data: `${data}/tables/iris.csv`,
    metric: 'accuracy',
    asked: 0.93,
  },
  {
    name: 'housing, held-out 20 %',
    example: 'housing',
    data: `${data}/tables/housing.csv`,
    metric: 'mean_absolute_error',
    asked: 3.0,
  },
];

function train(job: Job, folder: string): Report | string {
  const args = [
    'train',
    path.join(root, 'assets/examples', `${job.example}.axon`),
    '--json',
    '--out',
    path.join(folder, job.example),
  ];
  if (job.data) args.push('--data', job.data);
  args.push(...(job.args ?? []));
  const result = spawnSync(process.execPath, [path.join(root, 'out/main/cli.cjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const last = result.stdout.trim().split('\n').at(-1) ?? '';
  return result.status === 0
    ? (JSON.parse(last) as Report)
    : (result.stderr.trim().split('\n').at(-1) ?? 'failed');
}

/** One line per network; answers whether every one reached what is asked. */
export function bench(names: readonly string[]): boolean {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-accuracy-'));
  let good = true;
  for (const job of jobs(sharedFolder ? path.join(sharedFolder, 'data') : '')) {
    if (names.length > 0 && !names.includes(job.example)) continue;
    if (job.data && !existsSync(job.data)) {
      console.log(`${job.name}: skipped, its data are not on this machine`);
      continue;
    }
    const report = train(job, folder);
    if (typeof report === 'string') {
      good = false;
      console.log(`${job.name}: ${report}`);
      continue;
    }
    const value = report.metrics.test?.[job.metric] ?? NaN;
    const reached = job.metric === 'accuracy' ? value >= job.asked : value <= job.asked;
    const fast = job.seconds === undefined || report.seconds < job.seconds;
    good &&= reached && fast;
    console.log(
      `${job.name}: test ${job.metric} ${value.toFixed(4)} on ${report.metrics.test?.n} (asked ${job.metric === 'accuracy' ? '≥' : '≤'} ${job.asked}) ` +
        `in ${report.epochs} epochs, ${report.seconds.toFixed(1)} s${job.seconds ? ` (asked < ${job.seconds} s)` : ''}, ` +
        `${Math.round(report.samplesPerSecond)} samples/s ${reached && fast ? 'reached' : 'NOT REACHED'}`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  return good;
}
