/** Owns what happens between two steps: a pause, a new learning rate, and answers from the weights of now. */
import {
  snapshotFile,
  type EvaluatedNow,
  type RateChange,
  type Snapshot,
} from '../../../shared/protocol/run';
import { fail, ok, type Result } from '../../../shared/result';
import { awakeMilliseconds } from '../awake-clock';
import { snapshotPath } from '../checkpoint/checkpoint';
import type { Answer, Wish } from './control';
import { judgePart, withAverages } from './judge';
import { profileNow } from './profile-stage';
import { saveNow, type Session } from './session';
import { tellProgress } from './tell-progress';

/** Where the run is: between two epochs the last one is that of now. */
interface Now {
  session: Session;
  epoch: number;
  /** Steps before another learning rate cannot be repeated with it. */
  newRate: () => void;
}

async function evaluated({ session, epoch }: Now): Promise<Result<EvaluatedNow>> {
  const { samples, step, run } = session;
  const part = samples.parts.validation.length > 0 ? 'validation' : 'train';
  step.settle();
  const judged = await withAverages(session, step.readState(), () => judgePart(session, part, epoch));
  if (!judged.ok) return judged;
  const answer = { epoch, step: step.iteration, part, metrics: judged.value.metrics } as const;
  run.emit({ type: 'evaluated', time: Date.now(), ...answer });
  return ok(answer);
}

function saved({ session, epoch }: Now): Result<Snapshot> {
  const { step, run } = session;
  const written = saveNow(session, snapshotPath(run.folder, step.iteration), step.readState());
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
      return ok(profileNow(now.session, now.epoch));
    case 'rate':
      return rated(now, wish);
  }
}

async function answerWishes(now: Now): Promise<void> {
  const { run, telemetry } = now.session;
  const began = awakeMilliseconds();
  let asked = false;
  for (let open = run.control.takeWish(); open !== null; open = run.control.takeWish()) {
    asked = true;
    open.settle(await grant(now, open.wish));
  }
  if (!asked) return;
  // The answers are on their way before the next step keeps this thread busy.
  await new Promise<void>((resolve) => setImmediate(resolve));
  telemetry.leaveOut(awakeMilliseconds() - began);
}

/** Until the run is to go on: for good, or for one step. */
async function sitOut(now: Now): Promise<void> {
  const { run, clock, telemetry } = now.session;
  const { control } = run;
  const began = awakeMilliseconds();
  clock.stop();
  // A person who lets single steps through wants to see each.
  tellProgress(now.session, now.epoch);
  run.emit({ type: 'paused', time: Date.now() });
  while (control.pausing && !control.takeSingle()) {
    await control.untilAsked();
    await answerWishes(now);
  }
  if (!control.pausing && !control.stopping) run.emit({ type: 'resumed', time: Date.now() });
  clock.start();
  telemetry.leaveOut(awakeMilliseconds() - began);
}

/** `newRate` is told of another learning rate: steps before it cannot be repeated with it. */
export async function listen(session: Session, epoch: number, newRate: () => void): Promise<void> {
  const { progress, run } = session;
  const isBetween = progress.partial.samples === 0 && progress.epochs > 0;
  const now = { session, epoch: isBetween ? progress.epochs : epoch, newRate };
  await answerWishes(now);
  if (run.control.pausing) await sitOut(now);
}
