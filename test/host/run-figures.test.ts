/** The last figures of a run with a real engine: cut short, asked for later, and computed again after a kill. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report, RunRecord } from '../../shared/protocol/run';
import { lacks } from '../environment';
import type { Document } from '../../shared/document/document';
import { canTrain, hostForTest, moons, nextEvent, nextState, saveNew, valueOf, type Hosted } from './hosted';

/** Figures of so many samples take long enough to step in. */
const project = moons({ epochs: 1, count: 60_000, batch_size: 256 });

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest();
});
afterEach(() => hosted.close());

/** The same, trained by a second Train block after the first. */
function inTwoStages(): Document {
  const { blocks, wires, ...rest } = structuredClone(project);
  const again = { ...blocks.train, params: { ...blocks.train.params, stage: 2 } };
  const doubled = Object.entries(wires).filter(([, { to }]) => to.block === 'train');
  return {
    ...rest,
    blocks: { ...blocks, again },
    wires: {
      ...wires,
      ...Object.fromEntries(
        doubled.map(([id, { from, to }]) => [`again_${id}`, { from, to: { ...to, block: 'again' } }]),
      ),
    },
  };
}

const start = async (id: string, document = project): Promise<string> =>
  valueOf(await hosted.host.startRun({ project: id, document })).run;
/** The engine as it begins with the figures of a run, halted: it cannot be done with them before it is asked for something. */
const haltedAtFigures = (): Promise<number> =>
  nextEvent(hosted, (event) => {
    if (event.type !== 'run' || event.event.type !== 'judging') return null;
    const pid = hosted.engines.filter(({ role }) => role === 'train').at(-1)?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    return pid;
  });
const goOn = (pid: number): boolean => process.kill(pid, 'SIGCONT');
const reportOf = ({ report }: RunRecord): Report => {
  if (report === null) throw new Error('there is no report');
  return report;
};
const figuresOf = ({ metrics, confusion }: Report) => ({ metrics, confusion });

const skip =
  lacks('the engine with its native part', canTrain) ||
  lacks('a system that can halt a process', process.platform !== 'win32');

describe.skipIf(skip)('the figures of what a run keeps', () => {
  it('are left out from a second stop on, and can be computed when somebody wants them', async () => {
    const id = await saveNew(hosted, project);
    const whole = valueOf(await hosted.host.parts.runs.ended(await start(id)));

    const halted = haltedAtFigures();
    const run = await start(id);
    const engine = await halted;
    const stopping = nextState(hosted, 'stopping', run);
    const asked = hosted.host.stopRun({ run });
    await stopping;
    goOn(engine);
    valueOf(await asked);
    const cut = reportOf(valueOf(await hosted.host.parts.runs.ended(run)));
    expect(cut.leftOut).toContain('train');
    expect(cut.metrics.train).toBeUndefined();

    const completed = reportOf(valueOf(await hosted.host.completeReport({ run })));
    expect(completed.leftOut).toBeUndefined();
    expect(figuresOf(completed)).toEqual(figuresOf(reportOf(whole)));
    const kept = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as RunRecord;
    expect(figuresOf(reportOf(kept))).toEqual(figuresOf(completed));
    const { events } = valueOf(await hosted.host.readRun({ run }));
    expect(events.filter(({ type }) => type === 'judging')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'report', metrics: completed.metrics });
  });

  it('are computed of every Train block', async () => {
    const stages = inTwoStages();
    const id = await saveNew(hosted, stages);
    const halted = haltedAtFigures();
    const run = await start(id, stages);
    const engine = await halted;
    const asked = hosted.host.stopRun({ run });
    goOn(engine);
    valueOf(await asked);
    const cut = reportOf(valueOf(await hosted.host.parts.runs.ended(run)));
    expect(cut.leftOut).toContain('train');
    const { leftOut, trainers = {}, metrics } = reportOf(valueOf(await hosted.host.completeReport({ run })));
    expect(leftOut).toBeUndefined();
    expect(Object.keys(trainers)).toEqual(expect.arrayContaining(['train', 'again']));
    for (const { metrics: own } of Object.values(trainers))
      for (const part of ['train', 'validation', 'test'] as const) expect(own[part]).toEqual(metrics[part]);
    const { inspection } = hosted.host.parts;
    const of = (trainer: string) => inspection.evaluate({ run, folder: hosted.root, part: 'train', trainer });
    expect(valueOf(await of('train')).metrics).toEqual(trainers.train.metrics.train);
    expect(await of('nobody')).toMatchObject({
      problem: { message: 'The run has no Train block nobody; its network is trained by train and again.' },
    });
  });

  it('are computed again after a kill, and are those of a run that nobody killed', async () => {
    const id = await saveNew(hosted, project);
    const whole = valueOf(await hosted.host.parts.runs.ended(await start(id)));
    const halted = haltedAtFigures();
    const lost = nextState(hosted, 'lost');
    const run = await start(id);
    process.kill(await halted, 'SIGKILL');
    expect((await lost).message).toContain('Everything up to epoch 1 is kept');
    await hosted.host.parts.runs.ended(run);
    valueOf(await hosted.host.continueRun({ run }));
    const ended = valueOf(await hosted.host.parts.runs.ended(run));
    expect(ended.state).toBe('finished');
    expect(figuresOf(reportOf(ended))).toEqual(figuresOf(reportOf(whole)));
  });
});
