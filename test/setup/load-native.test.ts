/** The engine comes to life in a process of its own, bundled in either way, and trains. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bindingFile, nativeFolder } from '../../electron/setup/locations';
import { probeNative } from '../../electron/setup/probe';
import { lacks } from '../environment';
import { bundleProgram, startProgram } from './real-process';

const native = nativeFolder();
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry load '));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const hasCompiler = spawnSync('g++', ['--version']).status === 0;

/** An add-on that does what a library for a newer processor does on an old one. */
function addonThatEndsWith(signal: string): string {
  const folder = path.join(work, signal);
  fs.mkdirSync(path.dirname(bindingFile(folder)), { recursive: true });
  const source = path.join(work, `${signal}.cc`);
  fs.writeFileSync(
    source,
    `#include <signal.h>\n__attribute__((constructor)) static void start() { raise(${signal}); }\n`,
  );
  const compiled = spawnSync('g++', ['-shared', '-fPIC', source, '-o', bindingFile(folder)], {
    encoding: 'utf8',
  });
  expect(compiled.stderr).toBe('');
  return folder;
}

describe.skipIf(lacks('a native engine', fs.existsSync(bindingFile(native))))('the native engine', () => {
  test.each(['cjs', 'es'] as const)('trains one step when it is bundled as %s', async (format) => {
    const run = startProgram(await bundleProgram('train-one-step', format), [native]);
    const answer: unknown = JSON.parse(await run.line((line) => line.startsWith('{')));
    // Mean squared error of 0 against 3 is 9, its gradient −6, and half of that is the step.
    expect(answer).toEqual({
      version: expect.stringMatching(/^2\.\d+\.\d+/) as string,
      backend: 'tensorflow',
      sameAgain: true,
      loss: 9,
      weight: [3],
      words: ['a', 'b'],
    });
  });

  test('is tried by a calculation and tells its version', async () => {
    expect(await probeNative(native)).toMatchObject({
      ok: true,
      value: { tensorflow: expect.stringMatching(/^2\./) as string },
    });
  });

  test('that is not there is a sentence in the process that wants it', async () => {
    const missing = path.join(work, 'no engine here');
    const run = startProgram(await bundleProgram('train-one-step', 'cjs'), [missing]);
    const answer = await run.line((line) => line.startsWith('{'));
    expect(JSON.parse(answer)).toMatchObject({ ok: false, problem: { code: 'setup/native-unloadable' } });
    expect(answer).toContain(missing);
  });

  test('whose files are no programs is a sentence', async () => {
    const folder = path.join(work, 'text instead');
    fs.mkdirSync(path.dirname(bindingFile(folder)), { recursive: true });
    fs.writeFileSync(bindingFile(folder), 'not a program');
    expect(await probeNative(folder)).toMatchObject({
      ok: false,
      problem: { code: 'setup/native-unloadable' },
    });
  });

  test.skipIf(lacks('g++', hasCompiler))(
    'that uses instructions which the processor lacks is told apart from other crashes',
    async () => {
      const illegal = await probeNative(addonThatEndsWith('SIGILL'));
      expect(illegal).toMatchObject({ ok: false, problem: { code: 'setup/cpu-unsupported' } });
      const other = await probeNative(addonThatEndsWith('SIGSEGV'));
      expect(other).toMatchObject({ ok: false, problem: { code: 'setup/native-unloadable' } });
      expect(!other.ok && other.problem.message).toContain('SIGSEGV');
    },
  );
});
