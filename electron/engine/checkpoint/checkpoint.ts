/** Owns checkpoints: one safetensors file with weights, optimizer slots and, as metadata, all that a resume needs. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { RUN_FILES, checkpointFile, snapshotFile } from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { readSafetensors, writeSafetensors, type TensorMap } from '../files/safetensors';
import type { WeightValues } from '../network/network';
import type { StepState } from '../step/step';
import { runProgress, type RunProgress } from '../training/progress';

const FORMAT = 'axonry-checkpoint';
const VERSION = '1';

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

/** Replaces the file only once the new one is on the disk. Problems: `disk/full`, `disk/not-written`. */
export function writeCheckpoint(
  file: string,
  { trainingKey, seed, state, progress }: Checkpoint,
): Result<null> {
  const tensors: TensorMap = new Map();
  for (const [key, { shape, values }] of state.tensors) tensors.set(key, { dtype: 'F32', shape, values });
  return writeSafetensors(file, tensors, {
    format: FORMAT,
    version: VERSION,
    plan: trainingKey,
    seed: String(seed),
    iteration: String(state.iteration),
    progress: JSON.stringify(progress),
  });
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
  if (metadata.version !== VERSION)
    return fail(
      'checkpoint/newer',
      `${file} was written by a newer version of Axonry. Open it with that version.`,
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

/** Removes the oldest checkpoints until the rest fits; those of `needed` epochs and snapshots stay whatever they take. */
export function trimCheckpoints(run: string, needed: readonly number[], limit = KEPT_BYTES): void {
  const folder = path.join(run, RUN_FILES.checkpoints);
  const files = readdirSync(folder)
    .filter((name) => /^epoch-\d+\.safetensors$/.test(name))
    .sort()
    .map((name) => ({ file: path.join(folder, name), name, bytes: statSync(path.join(folder, name)).size }));
  const keep = new Set(needed.map(checkpointFile));
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, name, bytes } of files) {
    if (total <= limit) return;
    if (keep.has(name)) continue;
    rmSync(file, { force: true });
    total -= bytes;
  }
}
