/**
 * How long a run takes to answer what a person asks of it, over the same socket as a window's, beside the time of one of its
 * steps: a small network whose steps take less than a millisecond, and a heavy one.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Document } from '../../shared/document/document';
import { saveText } from '../../shared/document/load';
import type { HostEvent } from '../../shared/protocol/host-api';
import { HostClient, startApplication } from '../application';
import { documentOf, moons } from '../host/hosted';

const TIMES = 10;
const LIMIT_MILLISECONDS = 100;

const heavy = (): Document =>
  documentOf(
    {
      data: ['Digits', { count: 4000 }],
      split: ['Split'],
      input: ['Input'],
      one: ['Conv2D', { filters: 64, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
      two: ['Conv2D', { filters: 64, kernel_size: [3, 3], padding: 'same', activation: 'relu' }],
      flat: ['Flatten'],
      output: ['Dense', { units: 10, activation: 'softmax' }],
      loss: ['SparseCategoricalCrossentropy'],
      optimizer: ['Adam'],
      train: ['Train', { epochs: 1000, batch_size: 128 }],
    },
    [
      ['data.data', 'split.data'],
      ['split.data', 'input.data'],
      ['input.output', 'one.input'],
      ['one.output', 'two.input'],
      ['two.output', 'flat.input'],
      ['flat.output', 'output.input'],
      ['output.output', 'loss.prediction'],
      ['split.data', 'loss.labels'],
      ['loss.loss', 'train.loss'],
      ['optimizer.optimizer', 'train.optimizer'],
    ],
  );

const NETWORKS: readonly [name: string, document: Document, times: number][] = [
  ['small', moons({ epochs: 1_000_000, count: 20_000, batch_size: 32 }), TIMES],
  ['heavy', heavy(), TIMES / 2],
];

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

class Measured {
  readonly times = new Map<string, number[]>();

  constructor(
    private readonly client: HostClient,
    private readonly run: string,
  ) {}

  /** Until the answer, and until the state that it brings is told. */
  async time(what: string, ask: (client: HostClient, run: string) => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await ask(this.client, this.run);
    this.times.set(what, [...(this.times.get(what) ?? []), performance.now() - began]);
  }

  /** The next one that comes after now. */
  async told(fits: (event: HostEvent) => boolean, ask: () => Promise<unknown>): Promise<void> {
    const count = this.client.events.length;
    const come = this.client.waitFor((event) => fits(event) && this.client.events.indexOf(event) >= count);
    await ask();
    await come;
  }
}

const isState = (state: string) => (event: HostEvent) =>
  event.type === 'run-state' && event.record.state === state;
const isPaused = (event: HostEvent) => event.type === 'run' && event.event.type === 'paused';
/** Short epochs are over before anything is told within them. */
const goesOn = (event: HostEvent) =>
  event.type === 'run' && (event.event.type === 'progress' || event.event.type === 'epoch');

async function oneRound(measured: Measured): Promise<void> {
  await measured.time('rate', (client, run) => client.need('setLearningRate', { run, value: 0.001 }));
  await measured.time('snapshot', (client, run) => client.need('keepSnapshot', { run }));
  await measured.time('evaluate', (client, run) => client.need('evaluateNow', { run }));
  await measured.time('pause', (client, run) =>
    measured.told(isState('paused'), () => client.need('pauseRun', { run })),
  );
  await measured.time('step', (client, run) =>
    measured.told(isPaused, () => client.need('stepRun', { run })),
  );
  await measured.time('resume', (client, run) =>
    measured.told(isState('running'), () => client.need('resumeRun', { run })),
  );
  // Steps go on before the next round begins.
  await measured.told(goesOn, () => Promise.resolve());
}

async function measure(name: string, document: Document, times: number): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-control-'));
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'net.axon'), saveText(document));
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const client = await HostClient.connect(application.address);
  try {
    const opened = await client.need('openProject', { path: path.join(folder, 'net.axon') });
    const { run } = await client.need('startRun', { project: opened.project, document: opened.document });
    await client.waitFor(goesOn);
    const measured = new Measured(client, run);
    for (let i = 0; i < times; i++) await oneRound(measured);
    const { run: pace } = await client.need('profileRun', { run });
    await measured.time('stop', () =>
      measured.told(isState('stopped'), () => client.need('stopRun', { run })),
    );
    return tell(name, measured.times, pace.step);
  } finally {
    client.close();
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What computes for a reason of its own: `evaluate` the validation part, `stop` the figures of all parts. */
const COMPUTES: ReadonlySet<string> = new Set(['evaluate', 'stop']);

function tell(name: string, times: ReadonlyMap<string, readonly number[]>, step: number): boolean {
  console.log(`${name}: a step takes ${step.toFixed(2)} ms`);
  const limit = Math.max(LIMIT_MILLISECONDS, step);
  let good = true;
  for (const [what, all] of times) {
    const [half, most] = [quantile(all, 0.5), quantile(all, 0.95)];
    const holds = COMPUTES.has(what) || half <= limit;
    good &&= holds;
    console.log(
      `  ${what.padEnd(9)} p50 ${half.toFixed(1).padStart(7)} ms   p95 ${most.toFixed(1).padStart(7)} ms   of ${all.length}${COMPUTES.has(what) ? '   (computes figures first)' : holds ? '' : '   TOO SLOW'}`,
    );
  }
  return good;
}

export async function bench(): Promise<boolean> {
  let good = true;
  for (const [name, document, times] of NETWORKS) good = (await measure(name, document, times)) && good;
  return good;
}
