/** A training process, asked as the host asks it: a frozen run in, events and a report out. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparationState } from '../../../shared/document/preparation';
import { engineMessage } from '../../../shared/protocol/engine';
import {
  RUN_FILES,
  checkpointFile,
  report as reportSchema,
  type Report,
  type RunEvent,
} from '../../../shared/protocol/run';
import { lacks } from '../../environment';
import { hasNative } from '../native';
import { Engine, Place, blobsNetwork, linesNetwork, removeBundle } from './engine-process';

const ofType = <T extends RunEvent['type']>({ events }: Engine, type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

describe.skipIf(lacks('the native engine', hasNative))('training in a process of its own', () => {
  let place: Place;
  const engines: Engine[] = [];
  const start = async (settings: { nativeFolder?: string } = {}) => {
    const engine = await Engine.start({ role: 'train', cacheFolder: place.cache, ...settings });
    engines.push(engine);
    return engine;
  };
  beforeAll(() => {
    place = new Place();
    const lines = Array.from(
      { length: 200 },
      (_, i) => `${i % 20},${Math.floor(i / 20)},${3 * (i % 20) - 2 * Math.floor(i / 20) + 1}`,
    );
    writeFileSync(path.join(place.folder, 'lines.csv'), `a,b,y\n${lines.join('\n')}\n`);
  });
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.quit()));
    place.remove();
    removeBundle();
  });

  it('says when TensorFlow is there, trains, and answers the report that it also tells', async () => {
    const run = place.freeze(await blobsNetwork(place.folder));
    const engine = await start();
    const report = await engine.need<Report>('train', { run, folder: place.folder, seed: 7 });

    expect(engine.messages[0]).toMatchObject({
      kind: 'ready',
      backend: 'tensorflow',
      version: expect.stringMatching(/^2\./) as string,
    });
    expect(reportSchema.parse(report)).toMatchObject({
      run,
      seed: 7,
      epochs: 4,
      stopped: 'finished',
      engine: { backend: 'tensorflow', step: 'recorded' },
    });
    expect(report.metrics.test?.accuracy).toBeGreaterThan(0.9);
    expect(report.confusion?.labels).toEqual(['0', '1', '2']);
    const kinds = engine.events.map(({ type }) => type);
    expect(kinds[0]).toBe('preparing');
    expect(kinds.indexOf('started')).toBeLessThan(kinds.indexOf('epoch'));
    expect(ofType(engine, 'epoch').map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const { time: _, ...told } = ofType(engine, 'report')[0];
    expect(told).toEqual(report);
    for (const message of engine.messages)
      expect(engineMessage.safeParse(message).success, JSON.stringify(message)).toBe(true);

    const state = preparationState.parse(
      JSON.parse(readFileSync(path.join(run, RUN_FILES.preparation), 'utf8')),
    );
    expect(state.steps.map(({ type }) => type)).toEqual(['Standardize', 'Split']);
    expect(readdirSync(path.join(run, RUN_FILES.checkpoints))).toEqual([1, 2, 3, 4].map(checkpointFile));
  });

  it('hears pause, another learning rate, resume and stop while it trains', async () => {
    const run = place.freeze(await blobsNetwork(place.folder, { epochs: 100_000, batch_size: 8 }));
    const engine = await start();
    const trained = engine.need<Report>('train', { run, folder: place.folder, seed: 1 });
    await engine.until((at) => ofType(at, 'epoch').length >= 1);

    await engine.need('pause', {});
    await engine.until((at) => ofType(at, 'paused').length === 1);
    const signsOfLife = async (count: number): Promise<void> => {
      const signs = ({ messages }: typeof engine) => messages.filter(({ kind }) => kind === 'alive').length;
      const wanted = signs(engine) + count;
      await engine.until((at) => signs(at) >= wanted);
    };
    // An epoch that was being saved when the pause was heard is brought to its end.
    await signsOfLife(1);
    const before = engine.events.length;
    // The process lives, and says so, though nothing happens.
    await signsOfLife(2);
    expect(engine.events.slice(before).filter(({ type }) => type !== 'progress')).toEqual([]);

    await engine.need('setLearningRate', { trainer: 'train', value: 0.0001 });
    await engine.need('resume', {});
    await engine.until((at) =>
      ofType(at, 'epoch').some(({ learningRate }) => Math.abs(learningRate - 0.0001) < 1e-9),
    );
    await engine.need('stop', {});
    const report = await trained;
    expect(report.stopped).toBe('asked');
    expect(report.epochs).toBeLessThan(100_000);
    expect(existsSync(path.join(run, RUN_FILES.checkpoints, checkpointFile(report.keptEpoch)))).toBe(true);
  });

  it('goes on where a killed process was, and ends with the same weights as a run that was left alone', async () => {
    const drawing = await blobsNetwork(place.folder, { epochs: 6, batch_size: 16 });
    const [whole, cut] = [place.freeze(drawing), place.freeze(drawing)];
    await (await start()).need('train', { run: whole, folder: place.folder, seed: 3 });

    const dying = await start();
    void dying.ask('train', { run: cut, folder: place.folder, seed: 3 });
    await dying.until((at) => ofType(at, 'epoch').length >= 2);
    dying.process.kill();
    await dying.ended;
    const checkpoints = readdirSync(path.join(cut, RUN_FILES.checkpoints))
      .filter((name) => name.endsWith('.safetensors'))
      .sort();
    // Two complete epochs are enough to go on from, wherever the signal came.
    for (const name of checkpoints.slice(2)) rmSync(path.join(cut, RUN_FILES.checkpoints, name));

    const next = await start();
    const checkpoint = path.join(cut, RUN_FILES.checkpoints, checkpoints[1]);
    const report = await next.need<Report>('train', { run: cut, folder: place.folder, seed: 3, checkpoint });
    expect(report.epochs).toBe(6);
    expect(ofType(next, 'started')[0].epoch).toBe(3);
    const weights = (run: string) => {
      const bytes = readFileSync(path.join(run, RUN_FILES.checkpoints, checkpointFile(6)));
      // Behind the header, which tells the time that training took.
      return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    };
    expect(Buffer.compare(weights(whole), weights(cut))).toBe(0);
  });

  it('refuses data that have changed since the run was made', async () => {
    const run = place.freeze(await linesNetwork(place.folder));
    writeFileSync(
      path.join(place.folder, 'lines.csv'),
      readFileSync(path.join(place.folder, 'lines.csv'), 'utf8').replace('\n0,0,1\n', '\n0,0,2\n'),
    );
    const answer = await (await start()).ask('train', { run, folder: place.folder, seed: 1 });
    expect(answer.ok ? '' : answer.problem.message).toMatch(
      /^The data of lines\.csv have changed since this run was made/,
    );
  });

  it('answers with sentences where the engine, the run or its data are missing', async () => {
    const drawing = await linesNetwork(place.folder);
    const run = place.freeze(drawing);
    const sentence = async (engine: Engine, params: object) => {
      const answer = await engine.ask('train', { run, folder: place.folder, seed: 1, ...params });
      return answer.ok ? 'trained' : answer.problem.message;
    };
    expect(await sentence(await start({ nativeFolder: path.join(place.folder, 'nothing') }), {})).toContain(
      'The native engine in',
    );
    const engine = await start();
    expect(await sentence(engine, { run: path.join(place.folder, 'no-run') })).toContain(
      'plan.json could not be opened',
    );
    expect(await sentence(engine, { folder: path.join(place.folder, 'elsewhere') })).toContain('lines.csv');
    writeFileSync(path.join(run, RUN_FILES.plan), '{"version":1');
    expect(await sentence(engine, {})).toContain('plan.json is damaged: it is not JSON');
    writeFileSync(path.join(run, RUN_FILES.plan), '{"version":1}');
    expect(await sentence(engine, {})).toContain('plan.json is damaged at hash');
  });
});
