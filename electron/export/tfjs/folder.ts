/**
 * Owns the folder of an export on the disk: which folder may be written, and that it appears whole. An older export in it
 * stays until the new one is complete.
 */
import { readFileSync, readdirSync, renameSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import type { io } from '@tensorflow/tfjs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result';
import {
  makeFolder,
  removeQuietly,
  writeAtomically,
  writeProblem,
} from '../../engine/files/write-atomically';

export const MODEL_FILE = 'model.json';
export const PREPARATION_FILE = 'preparation.json';
export const GUIDE_FILE = 'how-to-use.txt';
const shardFile = (i: number, count: number): string => `group1-shard${i + 1}of${count}.bin`;

/** Browsers keep files up to this size in their cache; it is what TensorFlow's own converter writes. */
const SHARD_BYTES = 4 * 1024 * 1024;

const isOurs = (name: string): boolean =>
  [MODEL_FILE, PREPARATION_FILE, GUIDE_FILE].includes(name) || /^group1-shard\d+of\d+\.bin$/.test(name);

/** What is at a path, or undefined; also where a part of the path is a file. */
function found(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** An empty place, or an export of ours without anything else in it. */
export function mayWrite(folder: string): Result<null> {
  const there = found(folder);
  if (there === undefined) return ok(null);
  if (!there.isDirectory())
    return fail('export/not-a-folder', `${folder} is a file. Choose the name of a new folder.`);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return writeProblem(folder, error);
  }
  const foreign = names.find((name) => !isOurs(name));
  if (foreign !== undefined) {
    return fail(
      'export/not-empty',
      `${folder} already holds other files, as ${foreign}. Choose an empty folder or the name of a new one.`,
    );
  }
  if (names.length > 0 && !names.includes(PREPARATION_FILE)) {
    return fail(
      'export/not-empty',
      `${folder} already holds a model that was not exported from here. Choose an empty folder or the name of a new one.`,
    );
  }
  return ok(null);
}

const joined = (data: io.WeightData): Uint8Array =>
  Array.isArray(data)
    ? new Uint8Array(Buffer.concat(data.map((piece) => Buffer.from(piece))))
    : new Uint8Array(data);

/** The files of a TensorFlow.js LayersModel by name. */
export function modelFiles(artifacts: io.ModelArtifacts): Map<string, Uint8Array> {
  const bytes = joined(artifacts.weightData ?? new ArrayBuffer(0));
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  const shards = Array.from({ length: count }, (_, i): [string, Uint8Array] => [
    shardFile(i, count),
    bytes.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES),
  ]);
  const model = {
    format: 'layers-model',
    generatedBy: artifacts.generatedBy,
    convertedBy: 'Axonry',
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: shards.map(([name]) => name), weights: artifacts.weightSpecs }],
  };
  return new Map([[MODEL_FILE, Buffer.from(JSON.stringify(model))], ...shards]);
}

/** Fills a folder beside, lets `check` look at it, and only then gives it the name. Answers what `check` answered. */
export async function writeFolder<T>(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  check: (beside: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const allowed = mayWrite(folder);
  if (!allowed.ok) return allowed;
  const beside = `${folder}.${process.pid}.part`;
  const older = `${folder}.${process.pid}.old`;
  try {
    removeQuietly(beside);
    makeFolder(beside);
    for (const [name, bytes] of files) {
      const written = await writeAtomically(path.join(beside, name), [bytes]);
      if (!written.ok) return written;
    }
    const checked = await check(beside);
    if (!checked.ok) return checked;
    if (found(folder)) renameSync(folder, older);
    renameSync(beside, folder);
    return checked;
  } catch (error) {
    if (!found(folder) && found(older)) renameSync(older, folder);
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return writeProblem(folder, error);
  } finally {
    removeQuietly(beside);
    removeQuietly(older);
  }
}

const modelJson = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.unknown()) })),
});

/** Reads the folder as `tf.loadLayersModel` of a web page would over HTTP. */
export const folderReader = (folder: string): io.IOHandler => ({
  load: () => {
    const { modelTopology, weightsManifest } = modelJson.parse(
      JSON.parse(readFileSync(path.join(folder, MODEL_FILE), 'utf8')),
    );
    const shards = weightsManifest.flatMap(({ paths }) =>
      paths.map((name) => readFileSync(path.join(folder, name))),
    );
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights) as io.WeightsManifestEntry[];
    return Promise.resolve({
      modelTopology,
      weightSpecs,
      weightData: new Uint8Array(Buffer.concat(shards)).buffer,
    });
  },
});
