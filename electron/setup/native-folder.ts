/** The native folder on the disk: its layout, the stamp that says it is complete, and whether what lies there matches the stamp. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  nativeFileSchema,
  nativeWaySchema,
  type NativeFile,
  type NativeFolder,
  type NativeWay,
} from '../../shared/protocol/setup';
import { bindingFile } from './locations';
import { TFJS_VERSION } from './versions';

/** Written last, so a folder that has it was complete. */
const STAMP = 'native.json';

const stampSchema = z.object({
  format: z.literal(1),
  platform: z.string(),
  arch: z.string(),
  way: nativeWaySchema,
  tfjs: z.string(),
  tensorflow: z.string(),
  files: z.array(nativeFileSchema),
});

export const libraryFolder = (folder: string): string => path.join(folder, 'deps', 'lib');

/** Windows finds a library beside the file that asks for it, and nowhere else that we own. */
export const libraryBesideBinding = (folder: string): string =>
  path.join(path.dirname(bindingFile(folder)), 'tensorflow.dll');

export type NativeState =
  | { state: 'complete'; native: NativeFolder }
  /** Add-on and library lie there, but nobody vouches for them. */
  | { state: 'unstamped' }
  | { state: 'absent' }
  | { state: 'damaged'; reason: string };

async function isFile(file: string): Promise<boolean> {
  return fs.stat(file).then(
    (stat) => stat.isFile(),
    () => false,
  );
}

async function hasLibrary(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return isFile(libraryBesideBinding(folder));
  const names = await fs.readdir(libraryFolder(folder)).catch(() => []);
  return names.some((name) => name.startsWith('libtensorflow'));
}

/** All files below the folder, relative and with forward slashes, in order. */
async function filesBelow(folder: string, under = ''): Promise<string[]> {
  const entries = await fs.readdir(path.join(folder, under), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const relative = under === '' ? entry.name : `${under}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, relative) : Promise.resolve([relative]);
    }),
  );
  return nested.flat().sort();
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function describeFile(folder: string, file: string): Promise<NativeFile> {
  const absolute = path.join(folder, file);
  const { size } = await fs.stat(absolute);
  if ((await fs.lstat(absolute)).isSymbolicLink()) return { file, bytes: size };
  return { file, bytes: size, sha256: await sha256(absolute) };
}

async function firstWrongFile(
  folder: string,
  files: readonly NativeFile[],
  alsoContents: boolean,
): Promise<string | null> {
  for (const { file, bytes, sha256: expected } of files) {
    const absolute = path.join(folder, file);
    const size = await fs.stat(absolute).then(
      (stat) => stat.size,
      () => null,
    );
    if (size === null) return `${file} is missing`;
    if (size !== bytes) return `${file} has ${size} bytes instead of ${bytes}`;
    if (alsoContents && expected !== undefined && (await sha256(absolute)) !== expected)
      return `the contents of ${file} have changed`;
  }
  return null;
}

/** Compares sizes, and with `contents` also checksums (about a second per gigabyte). */
export async function inspectNative(
  folder: string,
  options: { contents?: boolean } = {},
): Promise<NativeState> {
  const text = await fs.readFile(path.join(folder, STAMP), 'utf8').catch(() => null);
  if (text === null) {
    if ((await isFile(bindingFile(folder))) && (await hasLibrary(folder))) return { state: 'unstamped' };
    const names = await fs.readdir(folder).catch(() => null);
    if (names === null) return { state: 'absent' };
    return { state: 'damaged', reason: 'the add-on or the TensorFlow library is missing' };
  }
  const stamp = stampSchema.safeParse(parseJson(text));
  if (!stamp.success) return { state: 'damaged', reason: `${STAMP} cannot be read` };
  const { platform, arch, way, tfjs, tensorflow, files } = stamp.data;
  if (platform !== process.platform || arch !== process.arch) {
    return {
      state: 'damaged',
      reason: `it was made for ${platform}-${arch}, and this is ${process.platform}-${process.arch}`,
    };
  }
  if (tfjs !== TFJS_VERSION)
    return { state: 'damaged', reason: `it belongs to TensorFlow.js ${tfjs} instead of ${TFJS_VERSION}` };
  const wrong = await firstWrongFile(folder, files, options.contents ?? false);
  if (wrong !== null) return { state: 'damaged', reason: wrong };
  return {
    state: 'complete',
    native: { path: folder, binding: bindingFile(folder), way, tfjs, tensorflow, files },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Vouches for a folder that has been tried: sizes and checksums of all its files, written at once and last. */
export async function stampNative(folder: string, way: NativeWay, tensorflow: string): Promise<NativeFolder> {
  const names = (await filesBelow(folder)).filter((file) => !file.startsWith(STAMP));
  const files: NativeFile[] = [];
  for (const name of names) files.push(await describeFile(folder, name));
  const stamp = {
    format: 1,
    platform: process.platform,
    arch: process.arch,
    way,
    tfjs: TFJS_VERSION,
    tensorflow,
    files,
  };
  const beside = path.join(folder, `${STAMP}.${process.pid}`);
  await fs.writeFile(beside, `${JSON.stringify(stamp, null, 2)}\n`);
  await flush(beside);
  await fs.rename(beside, path.join(folder, STAMP));
  return { path: folder, binding: bindingFile(folder), way, tfjs: TFJS_VERSION, tensorflow, files };
}

/** Makes sure that a power cut after this leaves the file as it is now. */
async function flush(file: string): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function flushFolder(folder: string): Promise<void> {
  for (const file of await filesBelow(folder)) {
    if (!(await fs.lstat(path.join(folder, file))).isSymbolicLink()) await flush(path.join(folder, file));
  }
}
