/** An engine process that misbehaves: each is a real process that the host starts, hears and ends. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EngineClient } from '../../electron/host/engine-client';
import { childProcessLauncher } from '../../electron/host/launcher';
import { problemOf, valueOf } from './hosted';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-engine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const READY = `process.send({ kind: 'ready', backend: 'tensorflow', version: '0' });`;
const settings = { role: 'inspect', nativeFolder: '', backend: 'tensorflow', cacheFolder: '' } as const;

let programs = 0;
function start(program: string, limits = { start: 30, silence: 30 }): EngineClient {
  const entry = path.join(folder, `engine-${++programs}.cjs`);
  writeFileSync(entry, program);
  return new EngineClient(childProcessLauncher(entry), settings, limits);
}

const samples = { source: { reader: 'digits', params: {}, folder: '' }, offset: 0, limit: 1 };

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('an engine process', () => {
  it('answers each request by its id, in whatever order, and ignores what is no message', async () => {
    const client = start(`${READY}
      const kept = [];
      process.on('message', (request) => {
        if (request.method === 'quit') process.exit(0);
        kept.push(request);
        process.send('noise');
        process.send({ kind: 'answer', id: 99999, result: { ok: true, value: null } });
        if (kept.length === 2) for (const { id, params } of kept.reverse()) process.send({ kind: 'answer', id, result: { ok: true, value: params.offset } });
      });`);
    const answers = await Promise.all([
      client.request('samples', { ...samples, offset: 1 }),
      client.request('samples', { ...samples, offset: 2 }),
    ]);
    expect(answers.map(valueOf)).toEqual([1, 2]);
    await client.quit();
    expect(await client.ended).toMatchObject({ expected: true });
  });

  it('that dies answers everything that was asked, with what it said last', async () => {
    const client = start(
      `${READY} process.on('message', () => { console.error('out of memory in step 7'); process.exit(3); });`,
    );
    const [one, two] = await Promise.all([
      client.request('samples', samples),
      client.request('samples', samples),
    ]);
    for (const answer of [one, two]) {
      expect(problemOf(answer).code).toBe('engine/ended');
      expect(problemOf(answer).message).toContain('code 3 (out of memory in step 7)');
    }
    expect(problemOf(await client.request('samples', samples)).code).toBe('engine/ended');
  });

  it('that breaks down names the error, not the stack', async () => {
    const client = start(
      `${READY} process.on('message', () => { throw new TypeError('weights of dense are missing'); });`,
    );
    expect(problemOf(await client.request('samples', samples)).message).toContain(
      '(TypeError: weights of dense are missing)',
    );
  });

  it.skipIf(process.platform === 'win32')('that is killed says by what', async () => {
    const client = start(`${READY} process.on('message', () => undefined);`);
    valueOf(await client.ready);
    const answer = client.request('samples', samples);
    process.kill(client.pid ?? 0, 'SIGKILL');
    expect(problemOf(await answer).message).toContain('SIGKILL');
  });

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'that meets an instruction which the processor lacks says so, and what to do',
    async () => {
      const file = path.join(folder, 'cpuinfo');
      writeFileSync(file, 'flags\t\t: fpu sse sse2\n');
      vi.stubEnv('AXONRY_CPUINFO', file);
      const client = start(`${READY} process.on('message', () => process.kill(process.pid, 'SIGILL'));`);
      const { message } = problemOf(await client.request('samples', samples));
      vi.unstubAllEnvs();
      expect(message).toContain('no AVX instructions');
      expect(message).toContain('--engine wasm');
    },
  );

  it('that hangs while it should answer is ended', async () => {
    const client = start(`${READY} process.on('message', () => { for (;;); });`, { start: 30, silence: 1 });
    const answer = await client.request('samples', samples);
    expect(problemOf(answer).message).toContain('did not answer for 1 seconds and was ended');
    expect(lives(client.pid ?? 0)).toBe(false);
  });

  it('that says that it is alive may take its time', async () => {
    const client = start(
      `${READY} process.on('message', ({ id, method }) => {
        if (method === 'quit') process.exit(0);
        let beats = 0;
        const timer = setInterval(() => {
          process.send({ kind: 'alive' });
          if (++beats < 10) return;
          clearInterval(timer);
          process.send({ kind: 'answer', id, result: { ok: true, value: [] } });
        }, 300);
      });`,
      { start: 30, silence: 1 },
    );
    expect(valueOf(await client.request('samples', samples))).toEqual([]);
    await client.quit();
  });

  it('that is silent while it should speak is noticed within two seconds, and heard again', async () => {
    const told: { seconds: number; at: number }[] = [];
    const entry = path.join(folder, 'engine-silent.cjs');
    writeFileSync(
      entry,
      `${READY} process.on('message', ({ id, method }) => {
        if (method === 'quit') process.exit(0);
        setTimeout(() => process.send({ kind: 'answer', id, result: { ok: true, value: [] } }), 3500);
      });`,
    );
    const client = new EngineClient(
      childProcessLauncher(entry),
      settings,
      { start: 30, silence: 30 },
      undefined,
      (seconds) => told.push({ seconds, at: Date.now() }),
    );
    valueOf(await client.ready);
    const asked = Date.now();
    await client.request('samples', samples);
    expect(told[0].seconds).toBe(2);
    // The silence is told when it has lasted so long, and not with the answer.
    expect(told[0].at - asked).toBeLessThan(3500);
    expect(told.map(({ seconds }) => seconds)).toEqual([2, 3, 4, 0]);
    expect(client.isSilent).toBe(false);
    await client.quit();
  });

  it('that finds no memory says so, and what to do', async () => {
    const client = start(
      `${READY} process.on('message', () => { console.error("terminate called after throwing an instance of 'std::bad_alloc'"); process.abort(); });`,
    );
    expect(problemOf(await client.request('samples', samples)).message).toContain(
      'for want of memory: a smaller batch_size',
    );
  });

  it('that never gets ready is ended', async () => {
    const client = start('process.on("message", () => undefined);', { start: 1, silence: 30 });
    expect(problemOf(await client.request('samples', samples)).code).toBe('engine/ended');
  });

  it('that cannot be started is told', async () => {
    const client = new EngineClient(childProcessLauncher(path.join(folder, 'not-there.cjs')), settings, {
      start: 30,
      silence: 30,
    });
    expect(problemOf(await client.request('samples', samples)).code).toBe('engine/ended');
  });

  it('that does not go when it is asked to is ended', async () => {
    const client = start(`${READY} process.on('message', () => undefined);`);
    valueOf(await client.ready);
    await client.quit();
    expect(lives(client.pid ?? 0)).toBe(false);
  });
});
