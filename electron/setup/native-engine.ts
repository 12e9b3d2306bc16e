/** Finds the native engine in its folder, or prepares it there: official files first, then a build on this computer. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { NativeFolder, SetupProgress } from '../../shared/protocol/setup';
import { fail, ok, type Result } from '../../shared/result';
import { buildFromWheel } from './build-from-wheel';
import { diskFull, diskProblem, NEEDED_BYTES } from './disk-problem';
import { freeBytes } from './free-space';
import { installedNativeFolder, nativeFolder, wantedBuild } from './locations';
import { flushFolder, inspectNative, stampNative } from './native-folder';
import { takeOfficialFiles } from './official-files';
import { probeNative } from './probe';
import { vectorInstructions } from './processor';
import { takeStartLock } from './start-lock';
import type { TensorFlowBuild } from './versions';
import type { FillFolder, WayContext } from './way';

export type PreparedWay = 'official' | 'build';

export interface PrepareOptions {
  /** In the order in which they are tried; both by default, except for graphics cards, whose official files are too old. */
  ways?: readonly PreparedWay[];
  /** The one that was wanted last by default. */
  build?: TensorFlowBuild;
  onProgress?: (progress: SetupProgress) => void;
  signal?: AbortSignal;
  /** Do not take what lies in the folder, make it anew. */
  afresh?: boolean;
}

const WAYS: Record<PreparedWay, { title: string; fill: FillFolder }> = {
  official: { title: 'Official files', fill: takeOfficialFiles },
  build: { title: 'Building on this computer', fill: buildFromWheel },
};

/** The official files for graphics cards are of a TensorFlow whose CUDA today's drivers and cards have left behind. */
const WAYS_OF: Record<TensorFlowBuild, readonly PreparedWay[]> = {
  cpu: ['official', 'build'],
  gpu: ['build'],
};

/** After these no other way can succeed either. */
const FINAL = new Set([
  'setup/cancelled',
  'setup/disk-full',
  'setup/folder-not-writable',
  'setup/cpu-unsupported',
]);

const REPORT_EVERY = 100;

const cancelled = fail('setup/cancelled', 'Preparing the native engine was cancelled.');

/**
 * The engine that is there: the one that was installed with the application, or else the one that was prepared: stamped,
 * or without a stamp but able to calculate (then it is stamped).
 */
export async function findNative(build = wantedBuild()): Promise<Result<NativeFolder>> {
  const folder = nativeFolder(build);
  const besideApplication = installedNativeFolder(build);
  if (besideApplication !== null) {
    const installed = await inspectNative(besideApplication);
    if (installed.state === 'complete') return ok(installed.native);
  }
  const found = await inspectNative(folder);
  switch (found.state) {
    case 'complete':
      return ok(found.native);
    case 'unstamped':
      return adopt(folder);
    case 'absent':
      return fail(
        'setup/native-absent',
        `There is no native engine in ${folder} yet. "npm run axonry -- doctor" prepares it.`,
      );
    case 'damaged':
      return fail(
        'setup/native-damaged',
        `The native engine in ${folder} is damaged: ${found.reason}. "npm run axonry -- doctor" mends it.`,
      );
  }
}

async function adopt(folder: string): Promise<Result<NativeFolder>> {
  const probed = await probeNative(folder);
  if (!probed.ok) return probed;
  try {
    return ok(await stampNative(folder, 'found', probed.value.tensorflow));
  } catch (error) {
    const problem = diskProblem(error, folder, 'cpu');
    if (problem === null) throw error;
    return problem;
  }
}

/** Everything beside the native folder that preparing it needs. All on one disk, so that moving into place is one step. */
function workplaces(folder: string) {
  const beside = path.dirname(folder);
  const name = path.basename(folder);
  return {
    lock: path.join(beside, `${name}.lock`),
    downloads: path.join(beside, `${name}.downloads`),
    part: path.join(beside, `${name}.part-${process.pid}-${randomUUID().slice(0, 8)}`),
    isLeftBehind: (entry: string) => entry.startsWith(`${name}.part-`) || entry.startsWith(`${name}.lock.`),
  };
}

/** A download reports every piece; nobody reads more than a few lines a second. */
function calmly(report: (progress: SetupProgress) => void): (progress: SetupProgress) => void {
  let last = { message: '', counted: false, at: 0 };
  return (progress) => {
    const now = { message: progress.message, counted: progress.done !== undefined, at: Date.now() };
    const isNew =
      now.message !== last.message || now.counted !== last.counted || progress.done === progress.total;
    if (!isNew && now.at - last.at < REPORT_EVERY) return;
    last = now;
    report(progress);
  };
}

/** Makes sure of a complete native folder. The first start of all takes minutes, every other one none. */
export async function prepareNative(options: PrepareOptions = {}): Promise<Result<NativeFolder>> {
  const { build = wantedBuild() } = options;
  const folder = nativeFolder(build);
  const report = calmly(options.onProgress ?? (() => undefined));
  try {
    report({ stage: 'look', message: 'Looking for the native engine' });
    if (options.afresh !== true) {
      const found = await findNative(build);
      if (found.ok) return found;
    }
    await fs.mkdir(path.dirname(folder), { recursive: true });
    const lock = await takeStartLock(workplaces(folder).lock, {
      signal: options.signal,
      onWait: () =>
        report({
          stage: 'wait',
          message: 'Another Axonry window is preparing the native engine; waiting for it',
        }),
    });
    if (lock === null) return cancelled;
    try {
      return await prepareAlone(folder, { ...options, build }, report);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const problem = diskProblem(error, path.dirname(folder), build);
    if (problem === null) throw error;
    return problem;
  }
}

/** With the lock in hand. */
async function prepareAlone(
  folder: string,
  options: PrepareOptions & { build: TensorFlowBuild },
  report: (progress: SetupProgress) => void,
): Promise<Result<NativeFolder>> {
  const { build, signal } = options;
  // Another start may have finished while this one waited.
  if (options.afresh !== true) {
    const found = await findNative(build);
    if (found.ok) return found;
  }
  if (vectorInstructions() === 'neither') {
    return fail(
      'setup/cpu-unsupported',
      'The processor of this computer has no AVX instructions, which the TensorFlow library uses: it is not fetched. Train without TensorFlow here: on WebAssembly, which is slower (--engine wasm).',
    );
  }
  const { isLeftBehind } = workplaces(folder);
  const beside = path.dirname(folder);
  for (const entry of await fs.readdir(beside)) {
    if (isLeftBehind(entry))
      await fs.rm(path.join(beside, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  const free = await freeBytes(beside);
  if (free !== null && free < NEEDED_BYTES[build]) return diskFull(beside, build);

  const complaints: string[] = [];
  for (const way of options.ways ?? WAYS_OF[build]) {
    if (signal?.aborted === true) return cancelled;
    const made = await prepareBy(way, folder, { build, signal, onProgress: report });
    if (made.ok) {
      report({ stage: 'done', message: 'The native engine is ready' });
      return made;
    }
    if (FINAL.has(made.problem.code)) return made;
    complaints.push(`${WAYS[way].title}: ${made.problem.message}`);
  }
  return fail('setup/all-ways-failed', `The native engine could not be prepared. ${complaints.join(' ')}`);
}

async function prepareBy(
  way: PreparedWay,
  folder: string,
  given: Pick<WayContext, 'build' | 'signal' | 'onProgress'>,
): Promise<Result<NativeFolder>> {
  const { part, downloads } = workplaces(folder);
  const { signal, onProgress } = given;
  const context: WayContext = {
    ...given,
    folder: path.join(part, 'native'),
    scratch: path.join(part, 'scratch'),
    downloads,
  };
  try {
    await fs.mkdir(context.folder, { recursive: true });
    await fs.mkdir(context.scratch, { recursive: true });
    const filled = await WAYS[way].fill(context);
    if (!filled.ok) return filled;
    onProgress({ stage: 'check', message: 'Trying the native engine' });
    const probed = await probeNative(context.folder, signal);
    if (!probed.ok) return probed;
    await flushFolder(context.folder);
    const native = await stampNative(context.folder, way, probed.value.tensorflow);
    if (signal?.aborted === true) return cancelled;
    await moveIntoPlace(context.folder, folder, path.join(part, 'replaced'));
    await fs.rm(downloads, { recursive: true, force: true });
    const moved = await inspectNative(folder);
    return moved.state === 'complete' ? ok(moved.native) : ok({ ...native, path: folder });
  } finally {
    await fs.rm(part, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A folder that is in the way was damaged or is to be replaced. */
async function moveIntoPlace(from: string, to: string, aside: string): Promise<void> {
  await fs.rename(to, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await fs.rename(from, to);
}
