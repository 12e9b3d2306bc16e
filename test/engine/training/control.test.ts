import { existsSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES } from '../../../shared/protocol/run';
import { readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { RunControl } from '../../../electron/engine/training/control';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, type RunSketch } from '../runs';

const layers = [dense('hidden', 8, 'relu'), dense('out', 3, 'softmax')];
const endless = planOf({ input: [null, 2], layers, trainer: { epochs: 100_000, metrics: ['accuracy'] } });
const samples = blobs({ train: 800, validation: 60 });

/** A run that goes until it is stopped, paused once it has begun its second epoch. */
function going(of = samples, plan = endless) {
  const control = new RunControl();
  const folder = newFolder();
  let paused: () => void = () => undefined;
  const hasPaused = new Promise<void>((resolve) => (paused = resolve));
  const run = trainRun({
    plan,
    samples: of,
    folder,
    control,
    hear: (event) => {
      if (event.type === 'epoch' && event.epoch === 1) control.pause();
      if (event.type === 'paused') paused();
    },
  });
  return { control, folder, run, hasPaused };
}
/** A run of two steps an epoch that is held up while the first epoch is judged. */
function heldInFigures(all: Pick<RunSketch, 'plan' | 'samples'>) {
  const control = new RunControl();
  const folder = newFolder();
  let pauses = 0;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  control.stepOnce();
  const run = trainRun({
    ...all,
    folder,
    control,
    hear: ({ type }) => {
      if (type !== 'paused') return;
      pauses += 1;
      // The third pause, after two steps, is told when the figures have been begun.
      if (pauses < 3) return control.stepOnce();
      control.pause();
      tell();
    },
  });
  return { control, folder, run, told };
}
const valueOf = <T>(result: { ok: true; value: T } | { ok: false; problem: { message: string } }): T => {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
};

describe.skipIf(lacks('the native engine', hasNative))('a run that goes', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('does one step at a time in a pause', async () => {
    const { control, run, hasPaused } = going();
    await hasPaused;
    const before = valueOf(await control.ask('evaluate')).step;
    control.stepOnce();
    const after = valueOf(await control.ask('evaluate')).step;
    control.stepOnce();
    const later = valueOf(await control.ask('evaluate')).step;
    expect([after - before, later - before]).toEqual([1, 2]);
    control.stop();
    expect(reportOf(await run).steps).toBe(later);
  });

  it('is judged on demand without changing what it learns', async () => {
    const { control, run, hasPaused } = going();
    await hasPaused;
    const first = valueOf(await control.ask('evaluate'));
    expect(first).toMatchObject({ part: 'validation', metrics: { n: 60 } });
    expect(valueOf(await control.ask('evaluate'))).toEqual(first);
    control.stop();
    const report = reportOf(await run);
    expect(report.metrics.validation).toEqual(first.metrics);
  });

  it('saves a checkpoint of now from which it can be continued', async () => {
    const { control, folder, run, hasPaused } = going();
    await hasPaused;
    control.stepOnce();
    control.stepOnce();
    const { checkpoint, step } = valueOf(await control.ask('snapshot'));
    const file = path.join(folder, RUN_FILES.checkpoints, checkpoint);
    expect(existsSync(file)).toBe(true);
    expect(valueOf(readCheckpoint(file)).state.iteration).toBe(step);
    control.stop();
    await run;
    const again = new RunControl();
    const resumed = await trainRun({
      plan: endless,
      samples,
      folder,
      checkpoint: file,
      control: again,
      hear: ({ type }) => type === 'epoch' && again.stop(),
    });
    expect(resumed.of('started')[0]).toMatchObject({ epoch: 2, step });
    expect(reportOf(resumed).steps).toBe(100);
    expect(existsSync(file)).toBe(true);
  });

  it('answers within a tenth of a second while it trains', async () => {
    const { control, run, hasPaused } = going();
    await hasPaused;
    control.resume();
    const waits: number[] = [];
    for (const wish of ['evaluate', 'snapshot', 'evaluate', 'snapshot', 'evaluate'] as const) {
      const asked = performance.now();
      valueOf(await control.ask(wish));
      waits.push(performance.now() - asked);
    }
    // The machine may be busy; one quiet moment shows what the loop itself makes a person wait.
    expect(Math.min(...waits)).toBeLessThan(100);
    control.stop();
    await run;
  });

  it('takes another learning rate while it writes a large snapshot, and writes it to its end', async () => {
    const wide = planOf({
      input: [null, 2],
      layers: [dense('hidden', 1400, 'relu'), dense('wide', 1400, 'relu'), dense('out', 3, 'softmax')],
      trainer: { epochs: 100_000, batch_size: 430 },
    });
    const { control, folder, run, hasPaused } = going(samples, wide);
    await hasPaused;
    const order: string[] = [];
    const snapshot = control.ask('snapshot').then((answer) => {
      order.push('snapshot');
      return valueOf(answer);
    });
    const rate = control.setLearningRate(0.5).then(() => order.push('rate'));
    const { checkpoint } = await snapshot;
    await rate;
    expect(order).toEqual(['rate', 'snapshot']);
    expect(readCheckpoint(path.join(folder, RUN_FILES.checkpoints, checkpoint)).ok).toBe(true);
    control.stop();
    await run;
  });

  it('says that nothing can be asked before it begins and after it ends', async () => {
    expect(await new RunControl().ask('evaluate')).toMatchObject({ problem: { code: 'run/not-going' } });
    const { control, run, hasPaused } = going();
    await hasPaused;
    control.stop();
    await run;
    expect(await control.ask('snapshot')).toMatchObject({ problem: { code: 'run/not-going' } });
  });

  it('tells a pause while it evaluates, and answers what needs no computing first', async () => {
    const { control, run, hasPaused } = going(blobs({ train: 800, validation: 20_000 }));
    await hasPaused;
    const answered: string[] = [];
    const note = (what: string) => () => answered.push(what);
    const evaluation = control.ask('evaluate').then(note('evaluate'));
    // The evaluation has begun when the loop has taken the question.
    await new Promise((resolve) => setImmediate(resolve));
    const rate = control.setLearningRate(0.002).then(note('rate'));
    await Promise.all([evaluation, rate, control.ask('snapshot').then(note('snapshot'))]);
    expect(answered).toEqual(['rate', 'snapshot', 'evaluate']);
    control.stop();
    await run;
  });

  it.each([
    ['Adam', {}],
    ['Adam that averages its weights', { use_ema: true, ema_momentum: 0.9 }],
  ])(
    'is held up in the figures of an epoch, kept there, and goes on as if nothing had been (%s)',
    async (_, config) => {
      const optimizer = { block: 'optimizer', class_name: 'Adam', config };
      const plan = planOf({
        input: [null, 2],
        layers,
        trainer: { epochs: 3, batch_size: 400, metrics: ['accuracy'], optimizer },
      });
      const all = { plan, samples: blobs({ train: 800, validation: 20_000 }) };
      const whole = await trainRun(all);
      const { control, folder, run, told } = heldInFigures(all);
      await told;
      const { checkpoint, step } = valueOf(await control.ask('snapshot'));
      expect(step).toBe(2);
      control.stop();
      const stopped = await run;
      expect(reportOf(stopped)).toMatchObject({ stopped: 'asked', epochs: 0, steps: 2 });
      expect(stopped.of('epoch')).toEqual([]);
      for (const from of [checkpoint, 'epoch-0001.safetensors']) {
        const resumed = await trainRun({
          ...all,
          checkpoint: path.join(folder, RUN_FILES.checkpoints, from),
        });
        expect(reportOf(resumed).metrics).toEqual(reportOf(whole).metrics);
        expect(resumed.of('epoch').map(({ validation }) => validation)).toEqual(
          whole.of('epoch').map(({ validation }) => validation),
        );
      }
    },
  );

  it('computes the figures of what it keeps, and leaves out those that it is stopped in', async () => {
    const { control, run, hasPaused } = going(blobs({ train: 20_000, validation: 60, test: 40 }));
    await hasPaused;
    control.stop();
    control.stop();
    const cut = await run;
    expect(reportOf(cut)).toMatchObject({ stopped: 'asked', leftOut: ['test', 'validation', 'train'] });
    expect(cut.of('kept')).toMatchObject([{ epoch: 1 }]);
  });

  it('keeps the figures that are there when it is stopped in the last ones', async () => {
    const plan = planOf({ input: [null, 2], layers, trainer: { epochs: 1, metrics: ['accuracy'] } });
    const all = { plan, samples: blobs({ train: 20_000, validation: 60, test: 40 }) };
    const whole = reportOf(await trainRun(all));
    expect(whole.leftOut).toBeUndefined();
    const cut = await trainRun({
      ...all,
      hear: (event, control) => event.type === 'judging' && event.part === 'train' && control.stop(),
    });
    const { metrics, leftOut, stopped } = reportOf(cut);
    expect({ stopped, leftOut }).toEqual({ stopped: 'finished', leftOut: ['train'] });
    expect(metrics).toEqual({ ...whole.metrics, train: undefined });
  });
});
