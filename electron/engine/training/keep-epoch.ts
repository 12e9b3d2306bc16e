/** Owns the checkpoint of an epoch: whether it waits for the disk, and when older ones make room for it. */
import { statSync } from 'node:fs';
import { ok, type Result } from '../../../shared/result';
import { awakeMilliseconds } from '../awake-clock';
import { checkpointPath, KEPT_BYTES, trimCheckpoints } from '../checkpoint/checkpoint';
import type { StepState } from '../step/step';
import { hearing } from './listen';
import { saveNow, type Session } from './session';

/**
 * A power cut may cost the epochs of so many milliseconds. The end of a process costs none: what it has written, the system
 * still has. Waiting for the disk after each of many short epochs would take a third of their time.
 */
const SYNC_INTERVAL = 1000;
/** Of smaller ones so many are kept that one that is on the disk is among them. */
const SMALL_BYTES = KEPT_BYTES / 100;

/** All that is needed to go on from the end of this epoch. `isLast`: nothing may follow it. Problems: of the disk. */
export async function keepEpoch(
  session: Session,
  epoch: number,
  state: StepState,
  isLast: boolean,
): Promise<Result<null>> {
  const { run, keeping, progress } = session;
  const file = checkpointPath(run.folder, epoch);
  const isDurable =
    isLast || keeping.bytes > SMALL_BYTES || awakeMilliseconds() - keeping.synced >= SYNC_INTERVAL;
  const saved = await saveNow(session, file, state, hearing(session, epoch), isDurable);
  if (!saved.ok) return saved;
  if (isDurable) keeping.synced = awakeMilliseconds();
  keeping.bytes = statSync(file).size;
  keeping.total += keeping.bytes;
  if (keeping.total > KEPT_BYTES)
    keeping.total = trimCheckpoints(run.folder, [epoch, progress.monitor.best?.epoch ?? epoch]);
  return ok(null);
}
