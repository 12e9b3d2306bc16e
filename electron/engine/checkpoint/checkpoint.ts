/** Owns checkpoints: one safetensors file with weights, optimizer slots and, as metadata, all that a resume needs. */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { RUN_FILES, checkpointEpoch, checkpointFile, snapshotFile } from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { readSafetensors, writeSafetensors, type TensorMap } from '../files/safetensors';
import { slicesOf, type Heed } from '../files/slices';
import type { WeightValues } from '../network/network';
import type { StepState } from '../step/step';
import { runProgress, type RunProgress } from '../training/progress';

const FORMAT = 'axonry-checkpoint';
/** The first has no checksum. */
const VERSIONS = ['1', '2'];
const VERSION = '2';

export interface Checkpoint {
  trainingKey: string;
  seed: number;
  state: StepState;
  progress: RunProgress;
}

export const checkpointPath = (run: string, epoch: number): string =>
  path.join(run, RUN_FILES.checkpoints, checkpointFile(epoch));

export const snapshotPath = (run: string, step: number): string =>
  path.join(run, RUN_FILES.checkpoints, snapshotFile(step));

type Notes = Record<string, string>;

/** Of all names, shapes, numbers and notes: a bit that the disk has lost is noticed. Stops after each slice. */
function* checksum(tensors: TensorMap, notes: Notes): Generator<Hash, string> {
  const sum = createHash('sha256').update(JSON.stringify(notes));
  for (const [name, { shape, values }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    sum.update(`${name} ${shape.join()}`);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (const slice of slicesOf(bytes)) yield sum.update(slice);
  }
  return sum.digest('hex');
}

async function checksumOf(tensors: TensorMap, notes: Notes, heed: Heed): Promise<string> {
  const going = checksum(tensors, notes);
  for (;;) {
    const { done, value } = going.next();
    if (done) return value;
    await heed();
  }
}

function isWhole(tensors: TensorMap, { checksum: saved, ...notes }: Notes): boolean {
  const going = checksum(tensors, notes);
  for (;;) {
    const { done, value } = going.next();
    if (done) return value === saved;
  }
}

/** Replaces the file only once the new one is written, and where `isDurable`, on the disk. Problems: `disk/full`, `disk/not-written`. */
export async function writeCheckpoint(
  file: string,
  { trainingKey, seed, state, progress }: Checkpoint,
  heed: Heed = () => Promise.resolve(),
  isDurable = true,
): Promise<Result<null>> {
  const tensors: TensorMap = new Map();
  for (const [key, { shape, values }] of state.tensors) tensors.set(key, { dtype: 'F32', shape, values });
  const notes = {
    format: FORMAT,
    version: VERSION,
    plan: trainingKey,
    seed: String(seed),
    iteration: String(state.iteration),
    progress: JSON.stringify(progress),
  };
  const sum = await checksumOf(tensors, notes, heed);
  return writeSafetensors(file, tensors, { ...notes, checksum: sum }, heed, isDurable);
}

function parseProgress(text: string): RunProgress | null {
  try {
    const checked = runProgress.safeParse(JSON.parse(text));
    return checked.success ? checked.data : null;
  } catch {
    return null;
  }
}

/** Problems: `file/missing`, `file/damaged`, `checkpoint/not-one`, `checkpoint/newer`. */
export function readCheckpoint(file: string): Result<Checkpoint> {
  const read = readSafetensors(file);
  if (!read.ok) return read;
  const { tensors, metadata } = read.value;
  if (metadata.format !== FORMAT)
    return fail(
      'checkpoint/not-one',
      `${file} holds tensors, but it is no checkpoint of a run. Choose a file from a run's checkpoints folder.`,
    );
  if (!VERSIONS.includes(metadata.version))
    return fail(
      'checkpoint/newer',
      `${file} was written by a newer version of Axonry. Open it with that version.`,
    );
  if (metadata.version === VERSION && !isWhole(tensors, metadata))
    return fail(
      'file/damaged',
      `${file} is damaged: its numbers are not those that were saved. Take another checkpoint or train again.`,
    );
  const progress = parseProgress(metadata.progress ?? '');
  const [seed, iteration] = [Number(metadata.seed), Number(metadata.iteration)];
  if (progress === null || !Number.isSafeInteger(seed) || !Number.isSafeInteger(iteration)) {
    return fail(
      'file/damaged',
      `${file} is damaged: what it says of its run cannot be read. Take another checkpoint or train again.`,
    );
  }
  const weights: WeightValues = new Map();
  for (const [key, tensor] of tensors) {
    if (tensor.dtype === 'F32') weights.set(key, { shape: [...tensor.shape], values: tensor.values });
  }
  return ok({ trainingKey: metadata.plan ?? '', seed, state: { tensors: weights, iteration }, progress });
}

/** A run keeps the weights of all its epochs while they take less than this. */
export const KEPT_BYTES = 300_000_000;

/**
 * Removes the oldest checkpoints until the rest fits; those of `needed` epochs and snapshots stay whatever they take.
 * Answers the bytes of the rest.
 */
export function trimCheckpoints(run: string, needed: readonly number[], limit = KEPT_BYTES): number {
  const folder = path.join(run, RUN_FILES.checkpoints);
  const files = readdirSync(folder)
    .filter((name) => checkpointEpoch(name) !== null)
    .sort()
    .map((name) => ({ file: path.join(folder, name), name, bytes: statSync(path.join(folder, name)).size }));
  const keep = new Set(needed.map(checkpointFile));
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, name, bytes } of files) {
    if (total <= limit) break;
    if (keep.has(name)) continue;
    rmSync(file, { force: true });
    total -= bytes;
  }
  return total;
}
