/**
 * How long a run takes to answer what a person asks of it, over the same socket as a window's, beside the time of one of its
 * steps: a small network whose steps take less than a millisecond, a heavy one, and a large one that is asked while it writes its
 * checkpoints, too. Also while it evaluates, and in the figures that it computes at its end.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as pass } from 'node:timers/promises';
import type { Document } from '../../shared/document/document';
import type { HostEvent } from '../../shared/protocol/host-api';
import type { HostClient } from '../application';
import { heavy, large, little } from './served/networks';
import { goesOn, withApplication } from './served/application';

const TIMES = 10;
const LIMIT_MILLISECONDS = 100;

interface Asked {
  name: string;
  document: Document;
  times: number;
  /** A person asks at any moment of so many steps. */
  steps: number;
  /** What takes as long as it takes: figures are computed, and large files written. */
  works: readonly string[];
}

const NETWORKS: readonly Asked[] = [
  { name: 'small', document: little, times: TIMES, steps: 1, works: ['evaluate'] },
  { name: 'heavy', document: heavy, times: TIMES, steps: 1, works: ['evaluate'] },
  { name: 'large', document: large, times: 3, steps: 6, works: ['evaluate', 'snapshot', '… snapshot', '… kept'] },
]; // prettier-ignore

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

  /** A person asks at any moment of a step, not as soon as the last answer has come. */
  async atAnyMoment(span: number): Promise<void> {
    await pass(Math.random() * span);
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
const isKept = (event: HostEvent) => event.type === 'run' && event.event.type === 'kept';

/** Asked at any moment of this `span`, in milliseconds. */
async function oneRound(measured: Measured, span: number): Promise<void> {
  const at = async (what: string, ask: (client: HostClient, run: string) => Promise<unknown>) => {
    await measured.atAnyMoment(span);
    await measured.time(what, ask);
  };
  await at('rate', (client, run) => client.need('setLearningRate', { run, value: 0.001 }));
  await at('snapshot', (client, run) => client.need('keepSnapshot', { run }));
  await at('evaluate', async (client, run) => {
    const figures = client.need('evaluateNow', { run });
    await measured.atAnyMoment(span);
    await measured.time('… rate', () => client.need('setLearningRate', { run, value: 0.001 }));
    await measured.time('… snapshot', () => client.need('keepSnapshot', { run }));
    await measured.time('… pause', () =>
      measured.told(isState('paused'), () => client.need('pauseRun', { run })),
    );
    await figures;
    await measured.told(isState('running'), () => client.need('resumeRun', { run }));
  });
  await at('pause', (client, run) =>
    measured.told(isState('paused'), () => client.need('pauseRun', { run })),
  );
  await measured.atAnyMoment(span);
  await Promise.all([
    measured.time('… is done', () => measured.told(isPaused, () => Promise.resolve())),
    measured.time('step', (client, run) => client.need('stepRun', { run })),
  ]);
  await at('resume', (client, run) =>
    measured.told(isState('running'), () => client.need('resumeRun', { run })),
  );
  // Steps go on before the next round begins.
  await measured.told(goesOn, () => Promise.resolve());
}

/** A stop is said at once, what is kept is known after the step, and a second stop ends the figures. */
async function stop(measured: Measured, span: number): Promise<void> {
  await measured.atAnyMoment(span);
  await Promise.all([
    measured.time('… kept', () => measured.told(isKept, () => Promise.resolve())),
    measured.time('stop', (client, run) =>
      measured.told(isState('stopping'), () => client.need('stopRun', { run })),
    ),
  ]);
  await measured.time('stop again', (client, run) =>
    measured.told(isState('stopped'), () => client.need('stopRun', { run })),
  );
}

const measure = ({ name, document, times, steps, works }: Asked): Promise<boolean> =>
  withApplication(document, async (client, project) => {
    const { run } = await client.need('startRun', project);
    await client.waitFor(goesOn);
    const measured = new Measured(client, run);
    const { run: before } = await client.need('profileRun', { run });
    const span = steps * before.step;
    for (let i = 0; i < times; i++) await oneRound(measured, span);
    await stop(measured, span);
    return tell(name, works, measured.times, stepsOf(client.events));
  });

/** What is told after a step that it asked for. */
const IS_A_STEP: ReadonlySet<string> = new Set(['… is done']);

/** Milliseconds of a step, as they were while all this was asked. */
function stepsOf(events: readonly HostEvent[]): number[] {
  const said = events.flatMap((event) => (event.type === 'run' ? [event.event] : []));
  const size = said.find((event) => event.type === 'started')?.batchSize ?? 0;
  return said.flatMap((event) => (event.type === 'progress' ? [(1000 * size) / event.samplesPerSecond] : []));
}

/**
 * Half the answers have to come within a step as it was then, or within a tenth of a second. A step by hand is said to be on
 * its way like any other answer; what it brought may take that much longer than the step.
 */
function tell(
  name: string,
  works: readonly string[],
  times: ReadonlyMap<string, readonly number[]>,
  steps: readonly number[],
): boolean {
  const step = quantile(steps, 0.5);
  console.log(`${name}: a step takes p50 ${step.toFixed(2)} ms   p95 ${quantile(steps, 0.95).toFixed(2)} ms`);
  const limit = Math.max(LIMIT_MILLISECONDS, step);
  let good = true;
  for (const [what, all] of times) {
    const [half, most] = [quantile(all, 0.5), quantile(all, 0.95)];
    const holds = works.includes(what) || half <= (IS_A_STEP.has(what) ? LIMIT_MILLISECONDS + step : limit);
    good &&= holds;
    console.log(
      `  ${what.padEnd(10)} p50 ${half.toFixed(1).padStart(7)} ms   p95 ${most.toFixed(1).padStart(7)} ms   of ${all.length}${works.includes(what) ? '   (with the work)' : holds ? '' : '   TOO SLOW'}`,
    );
  }
  return good;
}

/** `[names…]` of the networks. */
export async function bench(names: readonly string[]): Promise<boolean> {
  let good = true;
  for (const asked of NETWORKS.filter(({ name }) => names.length === 0 || names.includes(name)))
    good = (await measure(asked)) && good;
  return good;
}
