/** Says what this computer has and lacks for training, one check a line, and mends the native engine. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DoctorCheck, DoctorReport, NativeFolder, SetupProgress } from '../../shared/protocol/setup';
import type { Result } from '../../shared/result';
import { bytesText } from '../data/readers/source-file';
import { rowsFolder, storedBytes } from '../data/row-store';
import { NEEDED_BYTES } from './disk-problem';
import { deviceName, graphicsCards, processorName } from './computer';
import { freeBytes } from './free-space';
import { cacheFolder, nativeFolder, wantedBuild } from './locations';
import { findCompiler, findPip, findPython } from './machine-tools';
import { inspectNative } from './native-folder';
import { findNative, prepareNative } from './native-engine';
import { probeNative } from './probe';
import { vectorInstructions } from './processor';
import type { TensorFlowBuild } from './versions';

const OLDEST_NODE = 20;
const LITTLE_MEMORY = 4e9;

/** The oldest C library that the TensorFlow of this version works with on Linux. */
const OLDEST_GLIBC = '2.27';

const KNOWN_SYSTEMS = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64']);

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function checkNode(): DoctorCheck {
  const name = 'Node';
  const inside = process.versions.electron === undefined ? '' : `, in Electron ${process.versions.electron}`;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE || inside !== '')
    return { name, state: 'good', message: `Node ${process.versions.node}${inside}` };
  return {
    name,
    state: 'bad',
    message: `Node ${process.versions.node} is older than ${OLDEST_NODE}`,
    mend: `Install Node ${OLDEST_NODE} or later.`,
  };
}

function checkSystem(): DoctorCheck {
  const name = 'System';
  const system = `${process.platform}-${process.arch}`;
  if (KNOWN_SYSTEMS.has(system))
    return { name, state: 'good', message: `${os.type()} ${os.release()} on ${process.arch}` };
  return {
    name,
    state: 'bad',
    message: `There is no native TensorFlow for ${system}`,
    mend: 'Train with the WebAssembly engine: --engine wasm.',
  };
}

function checkProcessor(): DoctorCheck {
  const name = 'Processor';
  const cores = `${processorName()}, ${os.cpus().length} cores`;
  if (process.arch !== 'x64') return { name, state: 'good', message: cores };
  const has = vectorInstructions();
  switch (has) {
    case 'unknown':
      return { name, state: 'good', message: `${cores}; whether it has AVX cannot be looked up here` };
    case 'avx':
    case 'avx2':
      return { name, state: 'good', message: `${cores}, with ${has.toUpperCase()}` };
    case 'neither':
      return {
        name,
        state: 'bad',
        message: `${cores}, without the AVX instructions that TensorFlow's library uses`,
        mend: 'Train with the WebAssembly engine (--engine wasm), or on another computer.',
      };
  }
}

function checkMemory(): DoctorCheck {
  const name = 'Memory';
  const message = `${gigabytes(os.totalmem())}, ${gigabytes(os.freemem())} of it free`;
  if (os.totalmem() >= LITTLE_MEMORY) return { name, state: 'good', message };
  return {
    name,
    state: 'bad',
    message,
    mend: 'Train with small batches and few samples, or on another computer.',
  };
}

/** Tables that did not fit into memory are the largest part of it, and can be made again. */
async function preparedText(folder: string): Promise<string> {
  const bytes = await storedBytes(folder);
  return bytes === 0
    ? ''
    : `; large tables that were prepared take ${bytesText(bytes)} in ${rowsFolder(folder)}, which may be deleted`;
}

async function checkCache(): Promise<DoctorCheck> {
  const name = 'Cache folder';
  const folder = cacheFolder();
  const trial = path.join(folder, `.writable-${randomUUID()}`);
  try {
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(trial, '');
    await fs.rm(trial);
    return { name, state: 'good', message: `${folder}${await preparedText(folder)}` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return {
      name,
      state: 'bad',
      message: `${folder} cannot be written (${code})`,
      mend: 'Allow writing there, or name another folder with the environment variable AXONRY_CACHE.',
    };
  }
}

/** The folder itself, or the nearest one above it that exists. */
async function existing(folder: string): Promise<string> {
  const there = await fs.stat(folder).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  return there || path.dirname(folder) === folder ? folder : existing(path.dirname(folder));
}

async function checkDisk(engineIsReady: boolean, build: TensorFlowBuild): Promise<DoctorCheck> {
  const name = 'Disk';
  const needed = NEEDED_BYTES[build];
  const folder = await existing(path.dirname(nativeFolder(build)));
  const free = await freeBytes(folder);
  if (free === null)
    return { name, state: 'good', message: `the room in ${folder} cannot be looked up here` };
  const message = `${gigabytes(free)} free in ${folder}`;
  if (free >= needed || engineIsReady) return { name, state: 'good', message };
  return {
    name,
    state: 'bad',
    message,
    mend: `Free ${gigabytes(needed)} there, or name another folder with AXONRY_CACHE.`,
  };
}

/** Python and the compiler matter only while there is no engine. */
function lacking(name: string, message: string, mend: string, engineIsReady: boolean): DoctorCheck {
  return engineIsReady
    ? { name, state: 'missing', message: `${message}; not needed, the engine is ready` }
    : {
        name,
        state: 'missing',
        message: `${message}; needed where the official files cannot be fetched`,
        mend,
      };
}

async function checkPython(engineIsReady: boolean): Promise<DoctorCheck> {
  const name = 'Python';
  const python = await findPython();
  if (python === null)
    return lacking(
      name,
      'Python 3 was not found',
      'Install python3 with pip, or name it with AXONRY_PYTHON.',
      engineIsReady,
    );
  const pip = await findPip(python);
  if (pip === null)
    return lacking(name, `Python ${python.version} has no pip`, 'Install pip for it.', engineIsReady);
  return { name, state: 'good', message: `Python ${python.version} with pip ${pip}` };
}

async function checkCompiler(engineIsReady: boolean): Promise<DoctorCheck> {
  const name = 'C++ compiler';
  const compiler = await findCompiler();
  if (compiler === null)
    return lacking(name, 'no C++ compiler was found', 'Install g++ or clang++.', engineIsReady);
  return { name, state: 'good', message: `${compiler.command} ${compiler.version}` };
}

interface ProcessReport {
  header?: { glibcVersionRuntime?: string };
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function checkLibc(): DoctorCheck[] {
  if (process.platform !== 'linux') return [];
  const name = 'C library';
  const version = (process.report?.getReport() as ProcessReport | undefined)?.header?.glibcVersionRuntime;
  if (version === undefined) {
    return [
      {
        name,
        state: 'bad',
        message: 'not glibc',
        mend: 'TensorFlow works with glibc only; train with the WebAssembly engine: --engine wasm.',
      },
    ];
  }
  if (isOlder(version, OLDEST_GLIBC)) {
    return [
      {
        name,
        state: 'bad',
        message: `glibc ${version} is older than ${OLDEST_GLIBC}`,
        mend: 'Use a newer Linux, or train with --engine wasm.',
      },
    ];
  }
  return [{ name, state: 'good', message: `glibc ${version}` }];
}

const ENGINE = 'Native engine';

/** What the library itself has said that it computes on, and why on no card. */
function deviceCheck(onGraphicsCard: boolean, build: TensorFlowBuild): DoctorCheck {
  const message = `networks are trained on ${deviceName(onGraphicsCard)}`;
  const good: DoctorCheck = { name: 'Device', state: 'good', message };
  const card = graphicsCards().at(0);
  if (onGraphicsCard || (card === undefined && build === 'cpu')) return good;
  if (card === undefined) return { ...good, message: `${message}; NVIDIA’s driver lists no graphics card` };
  if (build === 'gpu')
    return {
      ...good,
      message: `${message}; ${card} is there, but TensorFlow could not use it`,
      mend: 'Bring NVIDIA’s driver up to date.',
    };
  return {
    ...good,
    message: `${message}; ${card} is there, but this TensorFlow was made for processors alone`,
    mend: 'Run "npm run axonry -- doctor --gpu" to get one for graphics cards (about 3 GB).',
  };
}

/** Looks at every byte of the folder and lets it calculate in a process of its own: the engine, then its device. */
async function checkEngine(build: TensorFlowBuild, signal?: AbortSignal): Promise<DoctorCheck[]> {
  const folder = nativeFolder(build);
  const mend = 'Run "npm run axonry -- doctor" to make it anew.';
  const found = await inspectNative(folder, { contents: true });
  if (found.state === 'absent')
    return [{ name: ENGINE, state: 'missing', message: `There is none in ${folder} yet`, mend }];
  if (found.state === 'damaged')
    return [{ name: ENGINE, state: 'bad', message: `${folder} is damaged: ${found.reason}`, mend }];
  const probed = await probeNative(folder, signal);
  if (!probed.ok) return [{ name: ENGINE, state: 'bad', message: probed.problem.message, mend }];
  // An engine that works without a stamp gets one.
  if (found.state === 'unstamped') await findNative(build);
  const { tensorflow, onGraphicsCard } = probed.value;
  return [
    { name: ENGINE, state: 'good', message: `TensorFlow ${tensorflow} in ${folder}` },
    deviceCheck(onGraphicsCard, build),
  ];
}

async function reportWith([engine, ...device]: DoctorCheck[], build: TensorFlowBuild): Promise<DoctorReport> {
  const ready = engine.state === 'good' || engine.state === 'mended';
  const others = await Promise.all([
    checkCache(),
    checkDisk(ready, build),
    checkPython(ready),
    checkCompiler(ready),
  ]);
  return {
    ready,
    checks: [
      checkNode(),
      checkSystem(),
      checkMemory(),
      ...checkLibc(),
      checkProcessor(),
      ...others,
      engine,
      ...device,
    ],
  };
}

/** Changes nothing but the stamp of a working engine that has none. */
export async function examine(): Promise<DoctorReport> {
  const build = wantedBuild();
  return reportWith(await checkEngine(build), build);
}

export interface MendOptions {
  /** The one that was wanted last by default. */
  build?: TensorFlowBuild;
  onProgress?: (progress: SetupProgress) => void;
  signal?: AbortSignal;
}

async function afterMending(
  prepared: Result<NativeFolder>,
  before: DoctorCheck,
  build: TensorFlowBuild,
): Promise<DoctorCheck[]> {
  if (!prepared.ok) return [{ name: ENGINE, state: 'bad', message: prepared.problem.message }];
  const { tensorflow, path: folder } = prepared.value;
  const what = before.state === 'missing' ? 'prepared' : 'made anew';
  const message = `TensorFlow ${tensorflow} was ${what} in ${folder}`;
  const [, ...device] = await checkEngine(build);
  return [{ name: ENGINE, state: 'mended', message }, ...device];
}

/** As `examine`, and prepares the engine where it is missing, damaged or cannot be loaded. */
export async function mend(options: MendOptions = {}): Promise<DoctorReport> {
  const { build = wantedBuild() } = options;
  const before = await checkEngine(build, options.signal);
  if (before[0].state === 'good') return reportWith(before, build);
  const prepared = await prepareNative({ ...options, build, afresh: true });
  return reportWith(await afterMending(prepared, before[0], build), build);
}
