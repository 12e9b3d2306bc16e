/** Several runs with a real engine: whose turn it is, who trains beside whom, and on how much of the computer. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { threadsOfRun } from '../../shared/protocol/settings';
import { lacks } from '../environment';
import { canTrain, hostForTest, moons, nextState, saveNew, valueOf, type Hosted } from './hosted';

const ENDLESS = moons({ epochs: 100_000 });

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hosted.close();
});

const settingsFile = () => path.join(hosted.folder, 'data', 'settings.json');
const cores = os.cpus().length;

describe('the settings', () => {
  it('are one run at once on all cores at first, and stay over a new start', async () => {
    const first = { runsAtOnce: 1, leaveCores: 0, leaveCoresFixed: false };
    expect(valueOf(await hosted.host.settings({}))).toEqual(first);
    expect(existsSync(settingsFile())).toBe(false);
    expect(valueOf(await hosted.host.changeSettings({ runsAtOnce: 2 }))).toEqual({ ...first, runsAtOnce: 2 });
    valueOf(await hosted.host.changeSettings({ leaveCores: 1 }));
    const again = await hosted.restart();
    expect(valueOf(await again.settings({}))).toEqual({ ...first, runsAtOnce: 2, leaveCores: 1 });
  });

  it.each(['no JSON', '{"format":"axonry-settings","version":1,"settings":{"runsAtOnce":70}}'])(
    'are those of a first start where the file holds %s',
    async (content) => {
      valueOf(await hosted.host.changeSettings({ runsAtOnce: 2 }));
      writeFileSync(settingsFile(), content);
      const again = await hosted.restart();
      expect(valueOf(await again.settings({}))).toMatchObject({ runsAtOnce: 1, leaveCores: 0 });
      valueOf(await again.changeSettings({ leaveCores: 1 }));
      expect(JSON.parse(readFileSync(settingsFile(), 'utf8'))).toMatchObject({ settings: { leaveCores: 1 } });
    },
  );

  it('give way to AXONRY_LEAVE_CORES, and say so', async () => {
    vi.stubEnv('AXONRY_LEAVE_CORES', '3');
    expect(valueOf(await hosted.host.changeSettings({ leaveCores: 1 }))).toMatchObject({
      leaveCores: 3,
      leaveCoresFixed: true,
    });
  });

  it('share the cores that are not left free among the runs, at least one for each', () => {
    const threads = (runsAtOnce: 1 | 2, leaveCores: number) => threadsOfRun({ runsAtOnce, leaveCores }, 8);
    expect([threads(1, 0), threads(1, 1), threads(2, 0), threads(2, 1), threads(2, 9)]).toEqual([
      8, 7, 4, 3, 1,
    ]);
  });
});

describe.skipIf(lacks('the engine with its native part', canTrain))('runs that wait', () => {
  const start = async (project: string, document = ENDLESS) =>
    valueOf(await hosted.host.startRun({ project, document })).run;
  const order = async () => {
    const { training, waiting } = valueOf(await hosted.host.runOrder({}));
    return [training, waiting].map((runs) => runs.map(({ number }) => number));
  };
  const endAll = async () => {
    const { training, waiting } = valueOf(await hosted.host.runOrder({}));
    for (const { run } of [...waiting, ...training]) valueOf(await hosted.host.stopRun({ run }));
    for (const { run } of training) await hosted.host.parts.runs.ended(run);
  };

  it('are brought into another order, taken from the queue, and begin in the order that they have then', async () => {
    const project = await saveNew(hosted, ENDLESS);
    const running = nextState(hosted, 'running');
    const [first, second, third, fourth] = [
      await start(project),
      await start(project),
      await start(project),
      await start(project),
    ];
    await running;
    expect(await order()).toEqual([[1], [2, 3, 4]]);
    valueOf(await hosted.host.moveRun({ run: fourth, place: 0 }));
    valueOf(await hosted.host.moveRun({ run: second, place: 2 }));
    expect(await order()).toEqual([[1], [4, 3, 2]]);
    valueOf(await hosted.host.moveRun({ run: second, place: 70 }));
    // One that trains has no place among them.
    valueOf(await hosted.host.moveRun({ run: first, place: 1 }));
    expect(await order()).toEqual([[1], [4, 3, 2]]);
    valueOf(await hosted.host.stopRun({ run: third }));
    expect(await order()).toEqual([[1], [4, 2]]);
    const next = nextState(hosted, 'running');
    valueOf(await hosted.host.stopRun({ run: first }));
    expect((await next).run).toBe(fourth);
    expect(await order()).toEqual([[4], [2]]);
    await endAll();
  });

  it('train two at once where that is set, each with its share of the cores; one stops without the other', async () => {
    const project = await saveNew(hosted, ENDLESS);
    const running = nextState(hosted, 'running');
    const first = await start(project);
    const second = await start(project);
    const third = await start(project);
    await running;
    const beside = nextState(hosted, 'running', second);
    valueOf(await hosted.host.changeSettings({ runsAtOnce: 2 }));
    await beside;
    expect(await order()).toEqual([[1, 2], [3]]);
    expect(hosted.engines.filter(({ role }) => role === 'train').at(-1)?.threads).toBe(
      cores > 1 ? Math.floor(cores / 2) : undefined,
    );
    const paused = nextState(hosted, 'paused', first);
    valueOf(await hosted.host.pauseRun({ run: first }));
    await paused;
    const next = nextState(hosted, 'running', third);
    valueOf(await hosted.host.stopRun({ run: second }));
    await next;
    expect(await order()).toEqual([[1, 3], []]);
    await endAll();
  });

  it('end with the application, and all can be continued', async () => {
    const project = await saveNew(hosted, ENDLESS);
    valueOf(await hosted.host.changeSettings({ runsAtOnce: 2 }));
    const [first, second] = [await start(project), await start(project)];
    await Promise.all([first, second].map((run) => nextState(hosted, 'running', run)));
    await start(project);
    const again = await hosted.restart();
    const opened = valueOf(await again.openProject({ path: path.join(hosted.root, 'net.axon') }));
    const records = valueOf(await again.listRuns({ project: opened.project }));
    expect(records.map(({ state }) => state)).toEqual(['stopped', 'lost', 'lost']);
  });
});
