/** What a first start meets: an engine that is there, one to be fetched, servers that misbehave, other windows, interruptions. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bindingFile, nativeFolder } from '../../electron/setup/locations';
import { findNative, prepareNative } from '../../electron/setup/native-engine';
import type { SetupProgress } from '../../shared/protocol/setup';
import { setupProgressSchema } from '../../shared/protocol/setup';
import { lacks } from '../environment';
import { canMount, SmallDisk } from '../small-disk';
import { officialArchives, startOfficialServer, type OfficialServer } from './official-server';
import { bundleProgram, startProgram } from './real-process';

const realNative = nativeFolder();
const isLinux = process.platform === 'linux';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry first start '));

let server: OfficialServer;
let cache: string;
let turn = 0;

/** Add-on and library without a stamp, as someone puts them there by hand. */
function putTogetherByHand(folder: string): void {
  const library = path.join(folder, 'deps', 'lib');
  fs.mkdirSync(library, { recursive: true });
  fs.mkdirSync(path.dirname(bindingFile(folder)), { recursive: true });
  fs.copyFileSync(bindingFile(realNative), bindingFile(folder));
  const real = path.join(realNative, 'deps', 'lib');
  for (const name of fs.readdirSync(real)) fs.symlinkSync(path.join(real, name), path.join(library, name));
}

const besideFolder = (): string[] => fs.readdirSync(path.dirname(nativeFolder()));

function problemOf(result: { ok: true } | { ok: false; problem: { code: string; message: string } }) {
  if (result.ok) throw new Error('this should not have succeeded');
  return result.problem;
}

/** Cancels as soon as a progress event satisfies the condition. */
function cancelWhen(condition: (progress: SetupProgress) => boolean) {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    onProgress: (progress: SetupProgress) => {
      if (condition(progress)) controller.abort();
    },
  };
}

const present = isLinux && fs.existsSync(bindingFile(realNative));

describe.skipIf(lacks('a native engine for Linux', present))('the first start', () => {
  beforeAll(async () => {
    server = await startOfficialServer(officialArchives(realNative, work), realNative);
  });
  afterAll(async () => {
    await server.close();
    fs.rmSync(work, { recursive: true, force: true });
  });
  beforeEach(() => {
    cache = path.join(work, `cache ${++turn}`);
    server.behave('serve');
    server.asked.length = 0;
    vi.stubEnv('AXONRY_NATIVE', '');
    vi.stubEnv('AXONRY_CACHE', cache);
    vi.stubEnv('AXONRY_SETUP_SILENCE_MS', '1000');
    for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value);
  });
  afterEach(() => vi.unstubAllEnvs());

  test('says that there is no engine yet, and where it looked', async () => {
    const problem = problemOf(await findNative());
    expect(problem.code).toBe('setup/native-absent');
    expect(problem.message).toContain(cache);
  });

  test('fetches the official files, tries them, and finds them at once the next time', async () => {
    const events: SetupProgress[] = [];
    const prepared = await prepareNative({ ways: ['official'], onProgress: (event) => events.push(event) });
    expect(prepared).toMatchObject({
      ok: true,
      value: { way: 'official', tfjs: '4.22.0', path: nativeFolder() },
    });
    for (const event of events) expect(setupProgressSchema.parse(event)).toEqual(event);
    expect([...new Set(events.map((event) => event.stage))]).toEqual([
      'look',
      'download',
      'unpack',
      'check',
      'done',
    ]);
    expect(server.asked.map((asked) => path.posix.basename(asked.path))).toHaveLength(2);
    expect(besideFolder()).toEqual([path.basename(nativeFolder())]);

    expect(await findNative()).toEqual(prepared);
    expect(await prepareNative({ ways: ['official'] })).toEqual(prepared);
    expect(server.asked).toHaveLength(2);
  });

  test.skipIf(process.arch !== 'x64')('fetches nothing for a processor without AVX', async () => {
    const file = path.join(work, 'cpuinfo');
    fs.writeFileSync(file, 'flags\t\t: fpu sse sse2\n');
    vi.stubEnv('AXONRY_CPUINFO', file);
    const problem = problemOf(await prepareNative());
    expect(problem.code).toBe('setup/cpu-unsupported');
    expect(problem.message).toContain('no AVX instructions');
    expect(problem.message).toContain('--engine wasm');
    expect(server.asked).toEqual([]);
    // What was put there by hand may do without AVX, so it is tried.
    putTogetherByHand(nativeFolder());
    expect(await prepareNative()).toMatchObject({ ok: true });
  });

  test('an engine for graphics cards that is there goes before the usual one, and computes without a card too', async () => {
    putTogetherByHand(nativeFolder());
    putTogetherByHand(nativeFolder('gpu'));
    expect(await findNative()).toMatchObject({ ok: true, value: { path: nativeFolder('gpu') } });
    expect(await findNative('cpu')).toMatchObject({ ok: true, value: { path: nativeFolder('cpu') } });
  });

  test('takes a folder that was put together by hand once it has calculated', async () => {
    putTogetherByHand(nativeFolder());
    const found = await findNative();
    expect(found).toMatchObject({ ok: true, value: { way: 'found' } });
    expect(JSON.parse(fs.readFileSync(path.join(nativeFolder(), 'native.json'), 'utf8'))).toMatchObject({
      way: 'found',
      tfjs: '4.22.0',
    });
  });

  test('an engine that lies elsewhere is named by AXONRY_NATIVE', async () => {
    const bundled = path.join(work, 'bundled engine');
    putTogetherByHand(bundled);
    vi.stubEnv('AXONRY_NATIVE', bundled);
    expect(await findNative()).toMatchObject({
      ok: true,
      value: { path: bundled, binding: bindingFile(bundled) },
    });
  });

  test('a shortened add-on is noticed, named and replaced', async () => {
    await prepareNative({ ways: ['official'] });
    fs.truncateSync(bindingFile(nativeFolder()), 1000);
    const problem = problemOf(await findNative());
    expect(problem.code).toBe('setup/native-damaged');
    expect(problem.message).toContain('tfjs_binding.node has 1000 bytes instead of');
    expect(await prepareNative({ ways: ['official'] })).toMatchObject({
      ok: true,
      value: { way: 'official' },
    });
    expect(await findNative()).toMatchObject({ ok: true });
  });

  test('a server that says nothing is given up, and the sentence says so', async () => {
    server.behave('hang');
    const problem = problemOf(await prepareNative({ ways: ['official'] }));
    expect(problem.code).toBe('setup/all-ways-failed');
    expect(problem.message).toMatch(/Official files: 127\.0\.0\.1:\d+ sent nothing for 1 s/);
    expect(fs.existsSync(nativeFolder())).toBe(false);
  });

  test('a server that does not have the files is named with its answer', async () => {
    server.behave('not-found');
    const problem = problemOf(await prepareNative({ ways: ['official'] }));
    expect(problem.message).toMatch(/libtensorflow\S* answered 404/);
    expect(besideFolder()).not.toContain(path.basename(nativeFolder()));
  });

  test('a download that breaks off again and again goes on where it was, and is completed later', async () => {
    server.behave('truncate');
    const problem = problemOf(await prepareNative({ ways: ['official'] }));
    expect(problem.message).toContain('the connection broke off');
    expect(server.asked.map((asked) => asked.range !== undefined)).toEqual([false, true, true]);
    server.behave('serve');
    expect(await prepareNative({ ways: ['official'] })).toMatchObject({ ok: true });
    expect(server.asked[3]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('cancelling a download keeps what has come and leaves no folder', async () => {
    server.behave('stall-halfway');
    const cancelled = await prepareNative({
      ways: ['official', 'build'],
      ...cancelWhen((progress) => (progress.done ?? 0) > 0),
    });
    expect(problemOf(cancelled).code).toBe('setup/cancelled');
    expect(besideFolder()).toEqual([`${path.basename(nativeFolder())}.downloads`]);
    server.behave('serve');
    expect(await prepareNative({ ways: ['official'] })).toMatchObject({ ok: true });
    expect(server.asked[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('a machine without Python is told about every way that failed and what to do', async () => {
    server.behave('not-found');
    vi.stubEnv('PATH', path.join(work, 'no programs here'));
    const problem = problemOf(await prepareNative());
    expect(problem.code).toBe('setup/all-ways-failed');
    expect(problem.message).toContain('Official files: ');
    expect(problem.message).toContain(
      'Building on this computer: Python 3 was not found. Install python3 with pip',
    );
  });

  test('a package index that does not answer is given up', async () => {
    const silent = await startOfficialServer({ library: Buffer.alloc(0), addon: Buffer.alloc(0) });
    silent.behave('hang');
    vi.stubEnv('PIP_INDEX_URL', `${silent.address}simple`);
    vi.stubEnv('PIP_FIND_LINKS', '');
    try {
      const result = await prepareNative({ ways: ['build'] });
      // Without Python or a compiler there is another reason, and it is named too.
      expect(problemOf(result).message).toMatch(/nothing happened for 1 s|was not found|has no pip/);
    } finally {
      await silent.close();
    }
    expect(fs.existsSync(nativeFolder())).toBe(false);
  });

  test('a cache folder that cannot be made is named', async () => {
    const file = path.join(work, 'a plain file');
    fs.writeFileSync(file, '');
    vi.stubEnv('AXONRY_CACHE', path.join(file, 'cache'));
    const problem = problemOf(await prepareNative());
    expect(problem.code).toBe('setup/folder-not-writable');
    expect(problem.message).toContain(path.join(file, 'cache'));
    expect(problem.message).toContain('AXONRY_CACHE');
  });

  test('two windows opened at once fetch once; the second one waits and says so', async () => {
    const program = await bundleProgram('prepare', 'es');
    server.behave('stall-halfway');
    vi.stubEnv('AXONRY_SETUP_SILENCE_MS', '30000');
    const first = startProgram(program);
    await first.line((line) => line.includes('"download"') && line.includes('"done"'));
    const second = startProgram(program);
    await second.line((line) => line.includes('"wait"'));
    server.behave('serve');
    server.letGo();
    const results = await Promise.all(
      [first, second].map((start) => start.line((line) => line.startsWith('{"result"'))),
    );
    expect(results.map((line) => (JSON.parse(line) as { result: unknown }).result)).toEqual([
      expect.objectContaining({ ok: true }),
      expect.objectContaining({ ok: true }),
    ]);
    expect(server.asked).toHaveLength(2);
    await Promise.all([first.ended, second.ended]);
    expect(besideFolder()).toEqual([path.basename(nativeFolder())]);
  });

  test('after a start was killed in the middle, the next one takes over, goes on and clears away', async () => {
    const program = await bundleProgram('prepare', 'es');
    server.behave('stall-halfway');
    const killed = startProgram(program);
    await killed.line((line) => line.includes('"download"') && line.includes('"done"'));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(besideFolder().some((name) => name.endsWith('.lock'))).toBe(true);
    expect(fs.existsSync(nativeFolder())).toBe(false);

    server.behave('serve');
    expect(await prepareNative({ ways: ['official'] })).toMatchObject({ ok: true });
    expect(server.asked[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(besideFolder()).toEqual([path.basename(nativeFolder())]);
  });

  test.each(['look', 'unpack', 'check', 'done'])(
    'a start that is killed at the stage “%s” leaves nothing that the next one stumbles over',
    async (stage) => {
      const killed = startProgram(await bundleProgram('prepare', 'es'));
      await killed.line((line) => line.includes(`"${stage}"`));
      killed.child.kill('SIGKILL');
      await killed.ended;
      expect(await prepareNative({ ways: ['official'] })).toMatchObject({ ok: true });
      expect(besideFolder()).toEqual([path.basename(nativeFolder())]);
    },
  );

  describe.skipIf(lacks('the right to mount a small disk', canMount))('on a disk of its own', () => {
    let disk: SmallDisk;
    beforeEach(() => {
      disk = new SmallDisk();
      vi.stubEnv('AXONRY_CACHE', path.join(disk.folder, 'cache'));
    });
    afterEach(() => disk.close());

    test('that is too small, the room that is needed is named before anything is fetched', async () => {
      const problem = problemOf(await prepareNative());
      expect(problem).toMatchObject({ code: 'setup/disk-full' });
      expect(problem.message).toContain(disk.folder);
      expect(problem.message).toContain('about 2 GB');
      expect(server.asked).toEqual([]);
      const withCard = problemOf(await prepareNative({ build: 'gpu' }));
      expect(withCard).toMatchObject({ code: 'setup/disk-full' });
      expect(withCard.message).toContain('about 12 GB');
    });

    test('that cannot be written, as a read-only home, the folder and what to do are named', async () => {
      expect(disk.makeReadOnly()).toBe(true);
      const problem = problemOf(await prepareNative());
      expect(problem).toMatchObject({ code: 'setup/folder-not-writable' });
      expect(problem.message).toContain(disk.folder);
      expect(problem.message).toContain('AXONRY_CACHE');
    });
  });

  // Fetches 260 MB, and 3 GB for graphics cards, so it is asked for and not skipped.
  const wanted = process.env.AXONRY_TEST_BUILD === '1' ? test.each : () => () => undefined;
  wanted(['cpu', 'gpu'] as const)(
    'builds the engine on this computer from TensorFlow’s Python package: %s',
    async (build) => {
      vi.stubEnv('AXONRY_SETUP_SILENCE_MS', '60000');
      expect(await prepareNative({ ways: ['build'], build })).toMatchObject({
        ok: true,
        value: { way: 'build', tensorflow: '2.21.0', path: nativeFolder(build) },
      });
      expect(nativeFolder()).toBe(nativeFolder(build));
    },
    30 * 60_000,
  );
});
