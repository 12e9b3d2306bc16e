/** Compares the time that a training step was estimated to take with the time that it takes, network by network. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Plan } from '../../shared/compiler/plan';
import { stepTime } from '../../shared/compiler/step-time';
import type { Rates } from '../../shared/protocol/calibration';
import { Competitor } from './train/competitor';
import { bundledWorker, ours, taskOf } from './train/contestants';
import { median } from './train/line';
import { planOf, WORKLOADS, type Workload } from './train/workloads';

const ROUNDS = 8;
const SECONDS = 0.25;
/** As far off as a forecast of the half of all networks may be. */
const ASKED = 1.5;

async function calibrated(worker: string): Promise<Rates> {
  const competitor = new Competitor(ours(worker));
  const rates = await competitor.calibrate();
  await competitor.end();
  if (rates === null) throw new Error(competitor.figures.note);
  return rates;
}

/** Milliseconds of a step in the fastest round: as in the calibration, what else the machine does only makes one slower. */
async function measured(workload: Workload, plan: Plan, worker: string): Promise<number> {
  const competitor = new Competitor(ours(worker));
  await competitor.prepare(taskOf(workload, plan));
  for (let i = 0; i < ROUNDS; i++) await competitor.round(SECONDS);
  await competitor.end();
  const { rounds, note } = competitor.figures;
  if (rounds.length === 0) throw new Error(note);
  return (1000 * workload.batch) / Math.max(...rounds);
}

const giga = (value: number): string => (value / 1e9).toFixed(1);

/** `[--json] [names…]` */
export async function bench(args: readonly string[]): Promise<boolean> {
  const json = args.includes('--json');
  const names = args.filter((arg) => !arg.startsWith('--'));
  const asked = WORKLOADS.filter(({ name }) => names.length === 0 || names.includes(name));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-estimate-'));
  const tell = (text: string): void => (json ? console.error(text) : console.log(text));
  try {
    const worker = await bundledWorker(folder);
    const began = Date.now();
    const rates = await calibrated(worker);
    tell(`measured in ${((Date.now() - began) / 1000).toFixed(1)} s with the start of the engine: ${giga(rates.products)} G multiply-adds a second in products, ${giga(rates.convolutions)} G in convolutions, ${giga(rates.bytes)} GB a second, ${(1e6 * rates.operation).toFixed(1)} µs an operation`); // prettier-ignore
    tell('network                  estimate    measured   estimate / measured');
    const rows: { name: string; estimate: number; measured: number }[] = [];
    for (const workload of asked) {
      const plan = planOf(workload);
      if (typeof plan === 'string') {
        tell(`${workload.name.padEnd(20)} left out, ${plan}`);
        continue;
      }
      const estimate = 1000 * stepTime(plan, rates).step;
      const row = { name: workload.name, estimate, measured: await measured(workload, plan, worker) };
      rows.push(row);
      tell(`${row.name.padEnd(20)} ${row.estimate.toFixed(2).padStart(9)} ms ${row.measured.toFixed(2).padStart(8)} ms   ${(row.estimate / row.measured).toFixed(2)}`); // prettier-ignore
    }
    const off = rows.map((row) => Math.max(row.estimate / row.measured, row.measured / row.estimate));
    const half = median(off) ?? Infinity;
    tell(`half of them are off by less than ${half.toFixed(2)} ×, the worst by ${Math.max(...off).toFixed(2)} ×; asked of half of them ≤ ${ASKED} ×`); // prettier-ignore
    if (json) console.log(JSON.stringify({ rates, workloads: rows }));
    return half <= ASKED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
