/** Owns what a continued run goes on from: its last checkpoint or, where that is damaged, the newest whole one before it. */
import path from 'node:path';
import { trainingKey as keyOf } from '../../../shared/compiler/training-key';
import { checkpointEpoch, type RunDiagnostic } from '../../../shared/protocol/run';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { checkpointPath, readCheckpoint, type Checkpoint } from '../checkpoint/checkpoint';
import { allFinite } from './not-finite';
import type { TrainingRun } from './run';

export interface Past {
  checkpoint: Checkpoint;
  /** That a checkpoint could not be used. */
  leftOut: RunDiagnostic[];
}

function belongsTo(run: TrainingRun, file: string, { trainingKey, seed }: Checkpoint): Result<null> {
  if (trainingKey !== keyOf(run.plan))
    return fail(
      'checkpoint/other-plan',
      `${file} was saved by a run of another network or other settings. Choose a checkpoint of this run.`,
    );
  if (seed !== run.seed)
    return fail(
      'checkpoint/other-seed',
      `${file} was saved by a run with the seed ${seed}, not ${run.seed}. Continue with that seed.`,
    );
  return ok(null);
}

function readOne(run: TrainingRun, file: string): Result<Checkpoint> {
  const read = readCheckpoint(file);
  if (!read.ok) return read;
  const fits = belongsTo(run, file, read.value);
  if (!fits.ok) return fits;
  if (!allFinite(read.value.state))
    return fail(
      'checkpoint/not-finite',
      `${file} holds weights that are infinite or undefined (NaN): nothing can be learned from them. Choose an earlier checkpoint.`,
    );
  return read;
}

/** What an earlier checkpoint can make up for. */
const USELESS: Record<string, string> = {
  'file/damaged': 'is damaged',
  'file/missing': 'cannot be opened',
  'checkpoint/not-one': 'is damaged',
  'checkpoint/not-finite': 'holds weights that are infinite or undefined (NaN)',
};

function leftOut({ code }: Problem, file: string, epoch: number): RunDiagnostic {
  return {
    code: 'run/checkpoint-damaged',
    severity: 'warning',
    block: null,
    message: `${file} ${USELESS[code]}. The run goes on from epoch ${epoch}.`,
    why: 'The epochs after it are trained again, with the same numbers as before. If files are damaged more often, look after the disk.',
    epoch,
  };
}

/** Problems: of `file`, where nothing before it can be used either. */
export function readPast(run: TrainingRun, file: string): Result<Past> {
  const last = readOne(run, file);
  if (last.ok) return ok({ checkpoint: last.value, leftOut: [] });
  if (!Object.hasOwn(USELESS, last.problem.code)) return last;
  for (let epoch = (checkpointEpoch(path.basename(file)) ?? 0) - 1; epoch >= 1; epoch--) {
    const earlier = readOne(run, checkpointPath(run.folder, epoch));
    if (earlier.ok) return ok({ checkpoint: earlier.value, leftOut: [leftOut(last.problem, file, epoch)] });
  }
  return last;
}
