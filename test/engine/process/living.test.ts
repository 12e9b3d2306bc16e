/** The life of an engine process: it says when it is ready, answers once, refuses what it cannot use, and leaves no orphan. */
import { fork } from 'node:child_process';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataFacts } from '../../../shared/document/facts';
import { engineMessage } from '../../../shared/protocol/engine';
import type { SampleView } from '../../../shared/protocol/samples';
import { Engine, Place, completeParams, engineEntry, removeBundle } from './engine-process';

let place: Place;
let engine: Engine;
beforeAll(async () => {
  place = new Place();
  engine = await Engine.start({
    role: 'inspect',
    cacheFolder: place.cache,
    nativeFolder: path.join(place.folder, 'nowhere'),
  });
});
afterAll(async () => {
  await engine.quit();
  place.remove();
  removeBundle();
});

const moons = { reader: 'toy', params: { shape: 'moons', count: 50 }, folder: '' };

describe('an engine that looks at data', () => {
  it('is ready without TensorFlow, and says so first', async () => {
    await engine.until(({ messages }) => messages.length > 0);
    expect(engine.messages[0]).toEqual({ kind: 'ready', backend: 'tensorflow', version: '' });
  });

  it('answers what a source holds', async () => {
    const facts = await engine.need<DataFacts>('facts', { source: moons });
    expect(facts).toMatchObject({ source: 'Moons', n: 50 });
    expect(facts.columns.map(({ name }) => name)).toEqual(['x', 'y', 'class']);
  });

  it('answers samples as they are in the source, page by page', async () => {
    const all = await engine.need<SampleView[]>('samples', { source: moons, offset: 0, limit: 50 });
    expect(all).toHaveLength(50);
    expect(all[0]).toMatchObject({ kind: 'row', label: expect.stringMatching(/^[01]$/) as string });
    expect(await engine.need('samples', { source: moons, offset: 40, limit: 500 })).toEqual(all.slice(40));
    expect(await engine.need('samples', { source: moons, offset: 50, limit: 5 })).toEqual([]);
  });

  it('shows pictures as bytes', async () => {
    const source = { reader: 'digits', params: completeParams('Digits', { count: 20 }), folder: '' };
    const [first] = await engine.need<SampleView[]>('samples', { source, offset: 0, limit: 1 });
    if (first.kind !== 'picture') throw new Error('no picture');
    expect([first.width, first.height, first.channels]).toEqual([28, 28, 1]);
    expect(Buffer.from(first.pixels, 'base64')).toHaveLength(784);
  });

  it('sees a file that has changed when the first page is asked for again', async () => {
    const file = path.join(place.folder, 'changing.csv');
    const source = { reader: 'csv', params: { path: 'changing.csv', header: 'yes' }, folder: place.folder };
    writeFileSync(file, 'a,b\n1,2\n3,4\n');
    expect(await engine.need('samples', { source, offset: 0, limit: 9 })).toHaveLength(2);
    writeFileSync(file, 'a,b\n1,2\n3,4\n5,6\n');
    expect(await engine.need('samples', { source, offset: 0, limit: 9 })).toHaveLength(3);
  });

  it('names a file that is not there', async () => {
    const answer = await engine.ask('facts', {
      source: { reader: 'csv', params: { path: 'absent.csv' }, folder: place.folder },
    });
    expect(answer.ok ? '' : answer.problem.message).toContain('absent.csv');
  });

  it('names what a folder lacks that is no run', async () => {
    const answer = await engine.ask('evaluate', { run: place.folder, folder: place.folder, part: 'test' });
    expect(answer.ok ? '' : answer.problem.message).toContain('plan.json');
  });
});

describe('what it cannot use', () => {
  it.each([
    ['an unknown request', 'dance', {}, 'knows no request “dance”'],
    ['a request of the other role', 'train', { run: '', folder: '', seed: 1 }, 'knows no request “train”'],
    ['a name from the object prototype', 'constructor', {}, 'knows no request “constructor”'],
    ['parameters of a wrong kind', 'samples', { source: moons, offset: -1, limit: 5 }, 'offset'],
    ['missing parameters', 'facts', {}, 'source'],
    ['an unknown reader', 'facts', { source: { reader: 'tarot', params: {}, folder: '' } }, 'tarot'],
  ])('%s is refused with a sentence', async (_, method, params, words) => {
    const answer = await engine.ask(method, params);
    expect(answer.ok ? '' : answer.problem.message).toContain(words);
  });

  it('every message it sends keeps the contract', () => {
    for (const message of engine.messages)
      expect(engineMessage.safeParse(message).success, JSON.stringify(message)).toBe(true);
  });

  it('answers each request exactly once', () => {
    const ids = engine.messages.flatMap((message) => (message.kind === 'answer' ? [message.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('its end', () => {
  it('quits with 0 when it is told to', async () => {
    const other = await Engine.start({ role: 'inspect', cacheFolder: place.cache });
    await other.quit();
    expect(await other.ended).toEqual({ code: 0, signal: null });
  });

  it('refuses to start without settings', async () => {
    const other = await Engine.start({ role: 'dancer' as 'inspect', cacheFolder: place.cache });
    expect((await other.ended).code).toBe(64);
    expect(other.process.lastWords()).toContain('started by Axonry itself');
  });

  it('goes when its parent is gone', async () => {
    const settings = { role: 'inspect', nativeFolder: '', backend: 'tensorflow', cacheFolder: place.cache };
    const parent = fork(
      path.join(import.meta.dirname, 'dying-parent.cjs'),
      [await engineEntry(), JSON.stringify(settings)],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    // The engine holds the other end of this pipe too: it closes when both are gone.
    const bothGone = new Promise((resolve) => parent.stderr?.resume().once('end', resolve));
    await new Promise((resolve) => parent.once('message', resolve));
    parent.kill('SIGKILL');
    await bothGone;
  });
});
