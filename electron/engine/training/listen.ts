/** Owns what happens between two steps: a pause, a new learning rate, and answers from the weights of now. */
import { performance } from 'node:perf_hooks';
import { checkpointFile } from '../../../shared/protocol/run';
import { ok, type Result } from '../../../shared/result';
import type { Answers, Wish } from './control';
import { judgePart, withAverages } from './judge';
import { saveCheckpoint, type Session } from './session';

async function evaluated(session: Session, epoch: number): Promise<Result<Answers['evaluate']>> {
  const { samples, step } = session;
  const part = samples.parts.validation.length > 0 ? 'validation' : 'train';
  step.settle();
  const judged = await withAverages(session, step.readState(), () => judgePart(session, part, epoch));
  return judged.ok ? ok({ part, step: step.iteration, metrics: judged.value.metrics }) : judged;
}

function saved(session: Session, epoch: number): Result<Answers['snapshot']> {
  const { progress, step } = session;
  // Between two epochs the last one's checkpoint is that of now.
  const of = progress.partial.samples === 0 && progress.epochs > 0 ? progress.epochs : epoch;
  const written = saveCheckpoint(session, of, step.readState());
  return written.ok ? ok({ step: step.iteration, checkpoint: checkpointFile(of) }) : written;
}

const grant = (
  session: Session,
  wish: Wish,
  epoch: number,
): Promise<Result<Answers[Wish]>> | Result<Answers[Wish]> =>
  wish === 'evaluate' ? evaluated(session, epoch) : saved(session, epoch);

async function answerWishes(session: Session, epoch: number): Promise<void> {
  const { control } = session.run;
  const began = performance.now();
  let asked = false;
  for (let open = control.takeWish(); open !== null; open = control.takeWish()) {
    asked = true;
    open.settle(await grant(session, open.wish, epoch));
  }
  if (asked) session.telemetry.leaveOut(performance.now() - began);
}

/** Until the run is to go on: for good, or for one step. */
async function sitOut(session: Session, epoch: number): Promise<void> {
  const { run, clock, telemetry } = session;
  const { control } = run;
  const began = performance.now();
  clock.stop();
  run.emit({ type: 'paused', time: Date.now() });
  while (control.pausing && !control.takeSingle()) {
    await control.untilAsked();
    await answerWishes(session, epoch);
  }
  if (!control.pausing && !control.stopping) run.emit({ type: 'resumed', time: Date.now() });
  clock.start();
  telemetry.leaveOut(performance.now() - began);
}

/** `newRate` is told of another learning rate: steps before it cannot be repeated with it. */
export async function listen(session: Session, epoch: number, newRate: () => void): Promise<void> {
  const { run, trainer, step } = session;
  await answerWishes(session, epoch);
  if (run.control.pausing) await sitOut(session, epoch);
  const rate = run.control.takeLearningRate(trainer.block);
  if (rate === null) return;
  step.learningRate = rate;
  newRate();
}
