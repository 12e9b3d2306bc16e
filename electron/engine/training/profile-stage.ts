/** Owns when a run that was asked for its profile looks into its steps: once in each stage, when they have warmed up. */
import type { Examination } from '../../../shared/protocol/run';
import { awakeMilliseconds } from '../awake-clock';
import { examineNow } from './examine-now';
import type { Session } from './session';

/** The first steps are slow. */
const WARM_MILLISECONDS = 500;

/** `isEnding`: there are no more steps to warm up with. Answers whether the stage has been profiled, now or before. */
export function profileStage(session: Session, epoch: number, isEnding: boolean): boolean {
  const { run, stage, progress } = session;
  if (run.profile === undefined || stage.isProfiled) return stage.isProfiled;
  if (!isEnding && awakeMilliseconds() - stage.began < WARM_MILLISECONDS) return false;
  stage.isProfiled = true;
  const began = awakeMilliseconds();
  profileNow(session, epoch, progress.stage.index + 1);
  session.telemetry.leaveOut(awakeMilliseconds() - began);
  return true;
}

/** The turn of every Train block, the first one last; answers that. */
export function profileNow(session: Session, epoch: number, stage?: number): Examination {
  for (const trainer of session.beside) examineNow(session, epoch, 'thoroughly', { trainer, stage });
  return examineNow(session, epoch, 'thoroughly', { stage });
}
