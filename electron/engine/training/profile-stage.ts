/** Owns when a run that was asked for its profile looks into its steps: once in each stage, when they have warmed up. */
import { awakeMilliseconds } from '../awake-clock';
import { profileNow } from './examine-now';
import { meanwhile } from './listen';
import type { Session } from './session';

/** From where the first steps of the stage are over: a step is recorded in them, which takes as long as many steps. */
const WARM_MILLISECONDS = 500;

/** `isEnding`: there are no more steps to warm up with. Answers whether the stage has been profiled, now or before. */
export async function profileStage(session: Session, epoch: number, isEnding: boolean): Promise<boolean> {
  const { run, stage, progress } = session;
  if (run.profile === undefined || stage.isProfiled) return stage.isProfiled;
  stage.warmSince ??= awakeMilliseconds();
  if (!isEnding && awakeMilliseconds() - stage.warmSince < WARM_MILLISECONDS) return false;
  const seen = await session.telemetry.leaveOut(() =>
    profileNow(session, epoch, meanwhile(session, epoch), progress.stage.index + 1),
  );
  stage.isProfiled = seen !== null;
  return stage.isProfiled;
}
