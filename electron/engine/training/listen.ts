/**
 * Owns what is heard between two steps, and between two batches of what is only looked at: a pause, a new learning rate,
 * and answers from the weights of now.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import {
  snapshotFile,
  type EvaluatedNow,
  type Examination,
  type RateChange,
  type Snapshot,
} from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { snapshotPath } from '../checkpoint/checkpoint';
import type { Answer, Between, Wish } from './control';
import type { Heed } from '../files/slices';
import { profileNow } from './examine-now';
import { judgePart, withAverages } from './judge';
import { saveNow, stateOfNow, type Session } from './session';
import { tellProgress } from './tell-progress';

/** Where the run is: between two epochs the last one is that of now. */
interface Now {
  session: Session;
  epoch: number;
  /** Steps before another learning rate cannot be repeated with it. */
  newRate: () => void;
}

const leftOff = (what: string) =>
  fail(
    'run/left-off',
    `${what} was left off because the run was asked to stop. Look at it when the run has ended.`,
  );

async function evaluated(now: Now): Promise<Result<EvaluatedNow>> {
  const { session, epoch } = now;
  const { samples, step, run } = session;
  const part = samples.parts.validation.length > 0 ? 'validation' : 'train';
  const { iteration } = step;
  step.settle();
  const judged = await withAverages(session, step.readState(), () =>
    judgePart(session, part, epoch, () => attend(now, 'batches')),
  );
  if (!judged.ok) return judged;
  if (judged.value === null) return leftOff('The evaluation');
  const answer = { epoch, step: iteration, part, metrics: judged.value.metrics } as const;
  run.emit({ type: 'evaluated', time: Date.now(), ...answer });
  return ok(answer);
}

async function profiled(now: Now): Promise<Result<Examination>> {
  const seen = await profileNow(now.session, now.epoch, () => attend(now, 'batches'));
  return seen === null ? leftOff('The profile') : ok(seen);
}

async function saved(now: Now): Promise<Result<Snapshot>> {
  const { session, epoch } = now;
  const { step, run } = session;
  const file = snapshotPath(run.folder, step.iteration);
  const written = await saveNow(session, file, stateOfNow(session), () => attend(now, 'pieces'));
  if (!written.ok) return written;
  const answer = { epoch, step: step.iteration, checkpoint: snapshotFile(step.iteration) };
  run.emit({ type: 'snapshot', time: Date.now(), ...answer });
  return ok(answer);
}

function rated(
  { session, epoch, newRate }: Now,
  { value, trainer }: Extract<Wish, { ask: 'rate' }>,
): Result<RateChange> {
  const { step, run } = session;
  const all = Object.keys(step.rates);
  const asked = trainer === undefined ? all : all.filter((block) => block === trainer);
  if (asked.length === 0)
    return fail(
      'run/no-trainer',
      `No Train block ${trainer} is at work; the network is trained by ${all.join(' and ')}.`,
    );
  if (!(value > 0 && Number.isFinite(value)))
    return fail('run/learning-rate', `The learning rate must be a number above 0, not ${value}.`);
  for (const block of asked) step.askRate(block, value);
  if (asked.some((block) => step.rates[block] === 0))
    return fail(
      'run/learning-rate',
      'The schedule of the optimizer has come to a learning rate of 0, where it stays. Start a run with another schedule.',
    );
  newRate();
  const answer = { epoch, step: step.iteration, trainer: asked[0], value };
  run.emit({ type: 'rate', time: Date.now(), ...answer });
  return ok(answer);
}

function grant(now: Now, wish: Wish): Promise<Result<Answer>> | Result<Answer> {
  switch (wish.ask) {
    case 'evaluate':
      return evaluated(now);
    case 'snapshot':
      return saved(now);
    case 'profile':
      return profiled(now);
    case 'rate':
      return rated(now, wish);
  }
}

async function answerWishes(now: Now, between: Between): Promise<void> {
  const { run, telemetry } = now.session;
  let open = run.control.takeWish(between);
  if (open === null) return;
  await telemetry.leaveOut(async () => {
    for (; open !== null; open = run.control.takeWish(between)) open.settle(await grant(now, open.wish));
    // The answers are on their way before the next step keeps this thread busy.
    await endOfTurn();
  });
}

/** A pause and its end, once each. */
function tellPause({ session, epoch }: Now): void {
  const { run, clock } = session;
  const { pausing, stopping } = run.control;
  if (pausing === session.pauseIsTold) return;
  session.pauseIsTold = pausing;
  if (pausing) {
    clock.stop();
    // A person who lets single steps through wants to see each.
    tellProgress(session, epoch);
    run.emit({ type: 'paused', time: Date.now() });
  } else {
    clock.start();
    if (!stopping) run.emit({ type: 'resumed', time: Date.now() });
  }
}

/** Until the run is to go on: for good, or for one step. */
async function sitOut(now: Now): Promise<void> {
  const { run, clock, telemetry } = now.session;
  const { control } = run;
  await telemetry.leaveOut(async () => {
    tellPause(now);
    while (control.pausing) {
      if (control.takeSingle()) {
        now.session.pauseIsTold = false;
        return clock.start();
      }
      await control.untilAsked();
      await answerWishes(now, 'steps');
    }
    tellPause(now);
  });
}

/** Between two steps. `newRate` is told of another learning rate: steps before it cannot be repeated with it. */
export async function listen(session: Session, epoch: number, newRate: () => void): Promise<void> {
  const { progress, run } = session;
  const isBetween = progress.partial.samples === 0 && progress.epochs > 0;
  const now = { session, epoch: isBetween ? progress.epochs : epoch, newRate };
  await answerWishes(now, 'steps');
  if (run.control.pausing || session.pauseIsTold) await sitOut(now);
}

/** In the middle of something: a pause is told, and what has been begun is brought to its end all the same. */
async function attend(now: Now, between: Between): Promise<boolean> {
  const { breathe, run } = now.session;
  await breathe();
  await answerWishes(now, between);
  tellPause(now);
  return !run.control.leavesOff;
}

const outsideSteps = (session: Session, epoch: number): Now => ({ session, epoch, newRate: () => undefined });

/** What to call between two pieces of a file, or of what is looked through. */
export function hearing(session: Session, epoch: number): Heed {
  const now = outsideSteps(session, epoch);
  return () => attend(now, 'pieces');
}

/**
 * What to call between two batches of what the run looks at by itself: a pause holds it up, but for those who wait for
 * what comes after. Answers whether to go on.
 */
export const meanwhile = (session: Session, epoch: number) => async (): Promise<boolean> => {
  const { control } = session.run;
  const now = outsideSteps(session, epoch);
  const isToGoOn = await attend(now, 'batches');
  if (control.pausing && !control.isAwaited)
    await session.telemetry.leaveOut(async () => {
      while (control.pausing && !control.isAwaited) {
        await control.untilAsked();
        await answerWishes(now, 'batches');
      }
      tellPause(now);
    });
  return isToGoOn && !control.leavesOff;
};
