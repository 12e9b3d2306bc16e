/** The engine comes to life in a process of its own, bundled in either way, and trains. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { findNative } from '../../electron/setup/native-engine';
import { bindingFile, nativeFolder } from '../../electron/setup/locations';
import { probeNative } from '../../electron/setup/probe';
import { lacks } from '../environment';
import { bundleProgram, startProgram } from './real-process';

const native = nativeFolder();
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry load '));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const hasCompiler = spawnSync('g++', ['--version']).status === 0;

/** Compiles the source as the add-on of a native folder of its own. */
function addonFrom(name: string, source: string, ...options: string[]): string {
  const folder = path.join(work, name);
  fs.mkdirSync(path.dirname(bindingFile(folder)), { recursive: true });
  const file = path.join(work, `${name}.cc`);
  fs.writeFileSync(file, source);
  const compiled = spawnSync('g++', ['-shared', '-fPIC', ...options, file, '-o', bindingFile(folder)], {
    encoding: 'utf8',
  });
  expect(compiled.stderr).toBe('');
  return folder;
}

/** A folder whose add-on says of itself that it holds this TensorFlow. */
function nativeOfVersion(version: string): string {
  const folder = addonFrom(
    `TensorFlow ${version}`,
    `#include <node_api.h>
    static napi_value init(napi_env env, napi_value exports) {
      napi_value version;
      napi_create_string_utf8(env, "${version}", NAPI_AUTO_LENGTH, &version);
      napi_set_named_property(env, exports, "TF_Version", version);
      return exports;
    }
    NAPI_MODULE(stub, init)`,
    '-I',
    path.resolve('node_modules/node-api-headers/include'),
  );
  fs.mkdirSync(path.join(folder, 'deps', 'lib'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'deps', 'lib', 'libtensorflow.so.2'), '');
  return folder;
}

/** An add-on that does what a library for a newer processor does on an old one. */
const addonThatEndsWith = (signal: string): string =>
  addonFrom(
    signal,
    `#include <signal.h>\n__attribute__((constructor)) static void start() { raise(${signal}); }\n`,
  );

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

  test.skipIf(lacks('g++', hasCompiler)).each(['1.15.5', '3.1.0'])(
    'of TensorFlow %s is refused by its version: when it is tried, when it is looked for, and in the process that trains',
    async (version) => {
      const folder = nativeOfVersion(version);
      const says = `${folder} is TensorFlow ${version}; 2.7 or a later 2.x is needed`;
      const refusal = {
        ok: false,
        problem: { code: 'setup/native-version', message: expect.stringContaining(says) as string },
      };
      expect(await probeNative(folder)).toMatchObject(refusal);
      vi.stubEnv('AXONRY_NATIVE', folder);
      expect(await findNative()).toMatchObject(refusal);
      vi.unstubAllEnvs();
      const run = startProgram(await bundleProgram('train-one-step', 'cjs'), [folder]);
      expect(JSON.parse(await run.line((line) => line.startsWith('{')))).toMatchObject(refusal);
    },
  );
});
