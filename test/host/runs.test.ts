/** Runs with a real engine: the ledger, waiting, stopping, and what is left when a process dies. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostEvent } from '../../shared/protocol/host-api';
import { RUN_FILES, type RunEvent, type RunRecord, type RunState } from '../../shared/protocol/run';
import type { Document } from '../../shared/document/document';
import { lacks } from '../environment';
import {
  canTrain,
  documentOf,
  hostForTest,
  moons,
  nextEvent,
  nextState,
  problemOf,
  saveNew,
  valueOf,
  type Hosted,
} from './hosted';

const FOREVER = 100_000;

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest();
});
afterEach(() => hosted.close());

const event = <T>(fits: (event: HostEvent) => T | null): Promise<T> => nextEvent(hosted, fits);
const state = (wanted: RunState, run?: string): Promise<RunRecord> => nextState(hosted, wanted, run);

const runEvent = <T extends RunEvent['type']>(
  type: T,
  fits: (event: Extract<RunEvent, { type: T }>) => boolean = () => true,
) =>
  event((e) =>
    e.type === 'run' && e.event.type === type && fits(e.event as Extract<RunEvent, { type: T }>)
      ? e.event
      : null,
  );

const savedProject = (document: Document): Promise<string> => saveNew(hosted, document);
const start = async (project: string, document: Document) =>
  valueOf(await hosted.host.startRun({ project, document }));
const eventsOf = async (run: string) => valueOf(await hosted.host.readRun({ run })).events;

describe.skipIf(lacks('the engine with its native part', canTrain))('a run', () => {
  it('lies beside its project, numbered, with everything that it needs', async () => {
    const project = await savedProject(moons());
    const finished = state('finished');
    const { run } = await start(project, moons());
    expect(run).toBe(path.join(hosted.root, 'net.runs', 'run-0001'));
    const record = await finished;
    expect(record.report).toMatchObject({ run, epochs: 3, stopped: 'finished' });
    await hosted.host.parts.runs.ended(run);
    expect(readdirSync(run).sort()).toEqual(Object.values(RUN_FILES).sort());
    const onDisk = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as RunRecord;
    expect(onDisk).toMatchObject({ state: 'finished', number: 1, project: 'net' });
    const types = (await eventsOf(run)).map(({ type }) => type);
    expect(types.filter((type) => type === 'epoch')).toHaveLength(3);
    expect(types[types.length - 1]).toBe('report');

    const second = await start(project, moons());
    expect(second.run).toBe(path.join(hosted.root, 'net.runs', 'run-0002'));
    await hosted.host.parts.runs.ended(second.run);
    expect(valueOf(await hosted.host.listRuns({ project })).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('that is hardly better than one before it says so, and names that run', async () => {
    const project = await savedProject(moons());
    const hints: string[] = [];
    hosted.host.subscribe((e) => {
      if (e.type !== 'run' || e.event.type !== 'diagnostic') return;
      const { code, message } = e.event.diagnostic;
      if (code === 'run/not-significant') hints.push(message);
    });
    const document = moons({ count: 1000 });
    const trained = async () => {
      const { run } = valueOf(await hosted.host.startRun({ project, document, seed: 1 }));
      await hosted.host.parts.runs.ended(run);
      return path.join(run, RUN_FILES.record);
    };
    const file = await trained();
    expect(hints).toEqual([]);
    // As if the network had been another one, which was a point worse.
    const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
    const test = record.report?.metrics.test;
    if (typeof test?.accuracy !== 'number') throw new Error('the run has no accuracy');
    test.accuracy -= 0.01;
    writeFileSync(file, JSON.stringify({ ...record, planHash: 'another' }));
    await trained();
    expect(hints).toHaveLength(1);
    expect(hints[0]).toMatch(/that of run 1, .* not told apart by 100 samples/);
  });

  it('waits while another one trains, and can be taken from the queue', async () => {
    const project = await savedProject(moons());
    const running = state('running');
    const first = await start(project, moons({ epochs: FOREVER }));
    const second = await start(project, moons());
    const third = await start(project, moons());
    await running;
    const states = async () => valueOf(await hosted.host.listRuns({ project })).map((record) => record.state);
    expect(await states()).toEqual(['queued', 'queued', 'running']);
    valueOf(await hosted.host.stopRun({ run: second.run }));
    expect(await states()).toEqual(['queued', 'stopped', 'running']);
    valueOf(await hosted.host.stopRun({ run: first.run }));
    await hosted.host.parts.runs.ended(third.run);
    expect(await states()).toEqual(['finished', 'stopped', 'stopped']);
  });

  it('answers what is asked of it while it goes, and writes it into its ledger', async () => {
    const project = await savedProject(moons());
    const running = state('running');
    const { run } = await start(project, moons({ epochs: FOREVER }));
    const waiting = await start(project, moons());
    await running;
    const { host } = hosted;
    const now = valueOf(await host.evaluateNow({ run }));
    expect(now).toMatchObject({ part: 'validation', metrics: { n: 20 } });
    const { checkpoint } = valueOf(await host.keepSnapshot({ run }));
    expect(existsSync(path.join(run, RUN_FILES.checkpoints, checkpoint))).toBe(true);
    expect(valueOf(await host.setLearningRate({ run, value: 0.25 }))).toMatchObject({
      trainer: 'train',
      value: 0.25,
    });
    for (const value of [0, -1])
      expect(problemOf(await host.setLearningRate({ run, value }))).toEqual({
        code: 'run/learning-rate',
        message: `The learning rate must be a number above 0, not ${value}.`,
      });
    const paused = state('paused');
    valueOf(await host.stepRun({ run }));
    await paused;
    expect(problemOf(await host.evaluateNow({ run: waiting.run })).code).toBe('run/waits');
    valueOf(await host.stopRun({ run: waiting.run }));
    valueOf(await host.stopRun({ run }));
    await host.parts.runs.ended(run);
    expect(problemOf(await host.stepRun({ run })).code).toBe('run/not-going');
    const told = (await eventsOf(run)).filter(({ type }) => ['evaluated', 'snapshot', 'rate'].includes(type));
    expect(told.map(({ type }) => type)).toEqual(['evaluated', 'snapshot', 'rate']);
  });

  it('can be paused, resumed and stopped, and still writes its report', async () => {
    const project = await savedProject(moons());
    const running = state('running');
    const { run } = await start(project, moons({ epochs: FOREVER }));
    await running;
    const paused = state('paused');
    valueOf(await hosted.host.pauseRun({ run }));
    await paused;
    const again = state('running');
    valueOf(await hosted.host.resumeRun({ run }));
    await again;
    valueOf(await hosted.host.stopRun({ run }));
    const record = valueOf(await hosted.host.parts.runs.ended(run));
    expect(record).toMatchObject({ state: 'stopped', report: { stopped: 'asked' } });
    expect(problemOf(await hosted.host.pauseRun({ run })).code).toBe('run/not-going');
  });

  it.skipIf(process.platform === 'win32')(
    'whose engine is killed is lost with its last checkpoint, and goes on after it',
    async () => {
      const project = await savedProject(moons());
      const second = runEvent('epoch', ({ epoch }) => epoch === 2);
      const { run } = await start(project, moons({ epochs: 40, count: 400 }));
      await second;
      const lost = state('lost');
      // As a kill leaves it in the middle of writing.
      const half = path.join(run, RUN_FILES.checkpoints, 'epoch-0099.safetensors.70.part');
      writeFileSync(half, 'half');
      process.kill(hosted.engines.filter(({ role }) => role === 'train')[0].pid, 'SIGKILL');
      const record = await lost;
      expect(record.message).toContain('SIGKILL');
      expect(existsSync(half)).toBe(false);
      await hosted.host.parts.runs.ended(run);
      const told = (await eventsOf(run)).find(
        (e): e is Extract<RunEvent, { type: 'lost' }> => e.type === 'lost',
      );
      expect(told?.lastEpoch).toBeGreaterThanOrEqual(2);
      const started = runEvent('started');
      valueOf(await hosted.host.continueRun({ run }));
      expect(await started).toMatchObject({ epoch: (told?.lastEpoch ?? 0) + 1 });
      const ended = valueOf(await hosted.host.parts.runs.ended(run));
      expect(ended).toMatchObject({ state: 'finished', number: 1, report: { epochs: 40 } });
      expect(ended.message).toBeUndefined();
      const epochs = (await eventsOf(run))
        .filter(({ type }) => type === 'epoch')
        .map((e) => (e as { epoch: number }).epoch);
      expect(epochs).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    },
  );

  it('that was going when Axonry was closed can be continued by the next start', async () => {
    const project = await savedProject(moons());
    const first = runEvent('epoch');
    const { run } = await start(project, moons({ epochs: FOREVER }));
    await first;
    await hosted.restart();
    const { project: again } = valueOf(
      await hosted.host.openProject({ path: path.join(hosted.root, 'net.axon') }),
    );
    const [record] = valueOf(await hosted.host.listRuns({ project: again }));
    expect(record).toMatchObject({ run, state: 'lost' });
    expect(record.message).toContain('Axonry was closed');
  });

  it('that says running but is at nobody’s hands is found lost', async () => {
    const project = await savedProject(moons());
    const { run } = await start(project, moons());
    await hosted.host.parts.runs.ended(run);
    const file = path.join(run, RUN_FILES.record);
    const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
    writeFileSync(file, JSON.stringify({ ...record, state: 'running', report: null }));
    writeFileSync(
      path.join(run, RUN_FILES.events),
      `${readFileSync(path.join(run, RUN_FILES.events), 'utf8')}{"type":"epo`,
    );
    const [found] = valueOf(await hosted.host.listRuns({ project }));
    expect(found).toMatchObject({ state: 'lost' });
    const events = await eventsOf(run);
    expect(events[events.length - 1]).toMatchObject({ type: 'lost', lastEpoch: 3 });
  });

  it('of an untitled project moves to its file at the first save, and its old name still finds it', async () => {
    const { project, document: empty } = valueOf(await hosted.host.newProject({}));
    const document = { ...moons(), id: empty.id };
    const { run } = await start(project, document);
    expect(run.startsWith(path.join(hosted.folder, 'data'))).toBe(true);
    await hosted.host.parts.runs.ended(run);
    const told = event((e) => (e.type === 'run-moved' && e.from === run ? e.record.run : null));
    valueOf(await hosted.host.saveProject({ project, document, path: path.join(hosted.root, 'mine.axon') }));
    const moved = path.join(hosted.root, 'mine.runs', 'run-0001');
    expect(await told).toBe(moved);
    expect(valueOf(await hosted.host.listRuns({ project })).map((record) => record.run)).toEqual([moved]);
    expect(valueOf(await hosted.host.readRun({ run })).record).toMatchObject({
      run: moved,
      report: { run: moved },
    });
    expect(existsSync(run)).toBe(false);
  });

  it('that trains while its project is saved for the first time moves when it has ended', async () => {
    const { project, document: empty } = valueOf(await hosted.host.newProject({}));
    const document = { ...moons({ epochs: FOREVER }), id: empty.id };
    const running = state('running');
    const { run } = await start(project, document);
    await running;
    valueOf(await hosted.host.saveProject({ project, document, path: path.join(hosted.root, 'mine.axon') }));
    expect(valueOf(await hosted.host.listRuns({ project })).map((record) => record.run)).toEqual([run]);
    valueOf(await hosted.host.stopRun({ run }));
    await hosted.host.parts.runs.ended(run);
    expect(valueOf(await hosted.host.listRuns({ project })).map((record) => record.run)).toEqual([
      path.join(hosted.root, 'mine.runs', 'run-0001'),
    ]);
  });

  it('is evaluated and its matrix opened', async () => {
    const project = await savedProject(moons());
    const { run } = await start(project, moons({ epochs: 2 }));
    await hosted.host.parts.runs.ended(run);
    const evaluation = valueOf(await hosted.host.evaluate({ run, part: 'test' }));
    expect(evaluation.n).toBe(20);
    const cell = valueOf(
      await hosted.host.cell({
        run,
        part: 'test',
        trueClass: 0,
        predictedClass: null,
        order: 'loss',
        offset: 0,
        limit: 50,
      }),
    );
    expect(cell.total).toBe(10);
  });
});

describe('a run that cannot start', () => {
  it('because the network is not complete says the first error and leaves no folder', async () => {
    const document = documentOf({ input: ['Input'] });
    const project = await savedProject(document);
    const refused = problemOf(await hosted.host.startRun({ project, document }));
    expect(refused.message).toMatch(/\w+/);
    expect(refused.code).toContain('/');
    expect(existsSync(path.join(hosted.root, 'net.runs'))).toBe(false);
  });

  it.skipIf(lacks('the engine', canTrain))(
    'because its table is damaged names the row, though the table was good before',
    async () => {
      const table = path.join(hosted.root, 'points.csv');
      writeFileSync(table, 'x,y\n1,2\n3,4\n5,6\n');
      const document = documentOf({ data: ['CSVTable', { path: 'points.csv' }] });
      const project = await savedProject(document);
      const ask = () =>
        hosted.host.facts({ project, block: 'data', type: 'CSVTable', params: { path: 'points.csv' } });
      const facts = valueOf(await ask());
      writeFileSync(table, 'x,y\n1,2\n3,4,5\n5,6\n');
      const refused = problemOf(
        await hosted.host.startRun({ project, document: { ...document, facts: { data: facts } } }),
      );
      expect(refused.message).toContain('points.csv');
      expect(refused.message).toMatch(/3/);
    },
  );
});

describe.skipIf(lacks('the engine', canTrain))('looking at data', () => {
  it('goes on after the process that reads them was killed', async () => {
    const project = await savedProject(documentOf({ data: ['ToyData'] }));
    const ask = () =>
      hosted.host.facts({ project, block: 'data', type: 'ToyData', params: { shape: 'xor', count: 40 } });
    const before = valueOf(await ask());
    const [{ pid }] = hosted.engines;
    process.kill(pid, 'SIGKILL');
    // The death may be noticed before or while the question is asked; the next one finds a new process in any case.
    await ask();
    expect(valueOf(await ask())).toEqual(before);
    expect(hosted.engines.length).toBe(2);
  });

  it('that are not there names the file', async () => {
    const project = await savedProject(documentOf({ data: ['CSVTable'] }));
    const refused = problemOf(
      await hosted.host.facts({ project, block: 'data', type: 'CSVTable', params: { path: 'gone.csv' } }),
    );
    expect(refused.message).toContain('gone.csv');
    expect(
      problemOf(await hosted.host.facts({ project, block: 'data', type: 'CSVTable', params: {} })).code,
    ).toBe('data/unready');
    expect(
      problemOf(await hosted.host.facts({ project, block: 'data', type: 'Dense', params: {} })).code,
    ).toBe('data/not-a-source');
  });
});
