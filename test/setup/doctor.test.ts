/** What the doctor says about this computer, and that it mends an engine that was damaged. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { processorName } from '../../electron/setup/computer';
import { examine, mend } from '../../electron/setup/doctor';
import { bindingFile, nativeFolder } from '../../electron/setup/locations';
import { prepareNative } from '../../electron/setup/native-engine';
import { doctorReportSchema, type DoctorReport } from '../../shared/protocol/setup';
import { lacks } from '../environment';
import { officialArchives, startOfficialServer, type OfficialServer } from './official-server';

const realNative = nativeFolder();
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry doctor '));
const present = process.platform === 'linux' && fs.existsSync(bindingFile(realNative));

afterEach(() => vi.unstubAllEnvs());
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const checkNamed = (report: DoctorReport, name: string) => report.checks.find((check) => check.name === name);

describe('the doctor', () => {
  test('looks at everything that training needs, and every line is complete', async () => {
    vi.stubEnv('AXONRY_NATIVE', '');
    vi.stubEnv('AXONRY_CACHE', path.join(work, 'empty'));
    const report = await examine();
    expect(doctorReportSchema.parse(report)).toEqual(report);
    const names = report.checks.map((check) => check.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'Node',
        'System',
        'Processor',
        'Memory',
        'Cache folder',
        'Disk',
        'Python',
        'C++ compiler',
        'Native engine',
      ]),
    );
    expect(checkNamed(report, 'Node')).toMatchObject({
      state: 'good',
      message: `Node ${process.versions.node}`,
    });
    expect(checkNamed(report, 'Native engine')?.state).toBe('missing');
    expect(report.ready).toBe(false);
    for (const check of report.checks) if (check.state === 'bad') expect(check.mend).toBeTruthy();
  });

  test('names a cache folder that cannot be written', async () => {
    const file = path.join(work, 'a plain file');
    fs.writeFileSync(file, '');
    vi.stubEnv('AXONRY_CACHE', path.join(file, 'cache'));
    const check = checkNamed(await examine(), 'Cache folder');
    expect(check).toMatchObject({ state: 'bad' });
    expect(check?.message).toContain(path.join(file, 'cache'));
  });

  test.skipIf(process.platform !== 'linux')(
    'names a C library that is too old for TensorFlow, and the engine that works with it',
    async () => {
      const header = { glibcVersionRuntime: '2.17' };
      vi.spyOn(process.report, 'getReport').mockReturnValue({ header });
      const { checks } = await examine();
      vi.restoreAllMocks();
      expect(checks.find(({ name }) => name === 'C library')).toMatchObject({
        state: 'bad',
        message: 'glibc 2.17 is older than 2.27',
        mend: expect.stringContaining('--engine wasm') as string,
      });
    },
  );

  test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'names a processor without AVX, and the engine that works with it',
    async () => {
      const listing = (flags: string) => {
        const file = path.join(work, 'cpuinfo');
        fs.writeFileSync(file, `processor\t: 0\nmodel name\t: Old\nflags\t\t: fpu sse ${flags}\nbugs\t\t:\n`);
        vi.stubEnv('AXONRY_CPUINFO', file);
      };
      listing('sse4_2');
      const check = checkNamed(await examine(), 'Processor');
      expect(check).toMatchObject({ state: 'bad', mend: expect.stringContaining('--engine wasm') as string });
      expect(check?.message).toContain('without the AVX instructions');
      listing('sse4_2 avx');
      expect(checkNamed(await examine(), 'Processor')?.message).toContain('with AVX');
    },
  );

  test('says what to install where there is neither Python nor a compiler', async () => {
    vi.stubEnv('AXONRY_NATIVE', '');
    vi.stubEnv('AXONRY_CACHE', path.join(work, 'empty'));
    vi.stubEnv('PATH', path.join(work, 'no programs here'));
    const report = await examine();
    expect(checkNamed(report, 'Python')).toMatchObject({
      state: 'missing',
      mend: expect.stringContaining('python3') as string,
    });
    expect(checkNamed(report, 'C++ compiler')).toMatchObject({
      state: 'missing',
      mend: expect.stringContaining('g++') as string,
    });
  });
});

describe.skipIf(lacks('a native engine for Linux', present))('the doctor and the engine', () => {
  let server: OfficialServer;
  let turn = 0;

  beforeAll(async () => {
    server = await startOfficialServer(officialArchives(realNative, work), realNative);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.stubEnv('AXONRY_NATIVE', '');
    vi.stubEnv('AXONRY_CACHE', path.join(work, `cache ${++turn}`));
    for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value);
  });

  test('prepares an engine that is missing', async () => {
    const report = await mend();
    expect(checkNamed(report, 'Native engine')).toMatchObject({ state: 'mended' });
    expect(report.ready).toBe(true);
    // The library itself says what it computes on; this one was made for processors.
    const device = `networks are trained on ${processorName()}`;
    expect(checkNamed(report, 'Device')?.message).toContain(device);
    const examined = await examine();
    expect(examined.ready).toBe(true);
    expect(checkNamed(examined, 'Device')?.message).toContain(device);
    expect(checkNamed(examined, 'Processor')?.message).toContain(processorName());
  });

  test('notices a single changed byte, and makes the engine anew', async () => {
    await prepareNative({ ways: ['official'] });
    const library = path.join(nativeFolder(), 'deps', 'lib', 'libtensorflow.so.2');
    const bytes = fs.readFileSync(library);
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
    fs.writeFileSync(library, bytes);
    const sick = await examine();
    expect(sick.ready).toBe(false);
    expect(checkNamed(sick, 'Native engine')).toMatchObject({
      state: 'bad',
      message: expect.stringContaining('the contents of deps/lib/libtensorflow.so.2 have changed') as string,
    });
    expect(checkNamed(await mend(), 'Native engine')?.state).toBe('mended');
    expect(checkNamed(await mend(), 'Native engine')?.state).toBe('good');
  });

  test('survives an engine that cannot be loaded, and says why it could not be mended', async () => {
    vi.stubEnv('PATH', path.join(work, 'no programs here'));
    fs.mkdirSync(path.join(nativeFolder(), 'deps', 'lib'), { recursive: true });
    fs.mkdirSync(path.dirname(bindingFile(nativeFolder())), { recursive: true });
    fs.writeFileSync(bindingFile(nativeFolder()), 'not a program');
    fs.writeFileSync(path.join(nativeFolder(), 'deps', 'lib', 'libtensorflow.so.2'), '');
    server.behave('not-found');
    const report = await mend();
    server.behave('serve');
    expect(report.ready).toBe(false);
    expect(checkNamed(report, 'Native engine')?.message).toContain('Python 3 was not found');
  });
});
