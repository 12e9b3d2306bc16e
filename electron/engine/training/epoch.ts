/** Owns one epoch: the order of the samples, step after step, with an ear for what the person asks meanwhile. */
import { RandomStream } from '../../../shared/random/random';
import { isFiniteStep, type StepMark } from '../step/step';
import { examineWhenDue } from './examine-now';
import { hearing, listen, meanwhile } from './listen';
import { finiteState, searchBack, type Broken } from './not-finite';
import { addStep } from './progress';
import { profileStage } from './profile-stage';
import { lastEpochOfStage, type Session } from './session';
import { tellProgress } from './tell-progress';

/** `tested`: a range test has tried what it wanted to. `profiled`: no more was asked of the stage. */
export type EpochEnd =
  | { kind: 'complete' }
  | { kind: 'stopped' }
  | { kind: 'tested' }
  | { kind: 'profiled' }
  | { kind: 'not-finite'; broken: Broken };

/** Row numbers of the training part. Each epoch has a stream of its own, so that a resumed run shuffles alike. */
export function epochOrder({ run, trainer, samples }: Session, epoch: number): Int32Array {
  const rows = samples.parts.train;
  if (!trainer.shuffle) return rows;
  return new RandomStream(run.seed, trainer.block, `shuffle ${epoch}`)
    .permutation(rows.length)
    .map((i) => rows[i]);
}

/** Steps since a mark: what is done again when something went bad, to see where. */
class Recent {
  readonly start: StepMark;
  recent: StepMark;
  private steps: Int32Array[] = [];
  constructor(private readonly session: Session) {
    this.start = session.step.mark();
    this.recent = session.step.mark();
  }

  begin(): void {
    this.recent.release();
    this.recent = this.session.step.mark();
    this.steps = [];
  }
  add(rows: Int32Array): void {
    this.steps.push(rows);
  }
  end(): void {
    this.recent.release();
    this.start.release();
  }
  /** Leaves the last weights that were whole. */
  search(): Broken {
    return searchBack(this.session, this, this.steps);
  }
}

/** One batch, or as many as the step takes at once with gain. */
function nextBatches(
  { run, step, trainer: { batch_size } }: Session,
  order: Int32Array,
  at: number,
): Int32Array[] {
  // A pause that lets one step through means one.
  const steps = run.control.pausing ? 1 : (step.together?.steps ?? 1);
  const whole = steps > 1 && step.together?.size === batch_size && at + steps * batch_size <= order.length;
  return Array.from({ length: whole ? steps : 1 }, (_, i) =>
    order.subarray(at + i * batch_size, at + (i + 1) * batch_size),
  );
}

/** Of the epoch: empty at its end. */
const nextBatch = ({ trainer: { batch_size } }: Session, order: Int32Array, at: number): Int32Array =>
  order.subarray(at + batch_size, at + 2 * batch_size);

/** Keras' advice for stateful layers: a pass through the data begins with nothing kept from the one before. */
function forgetStates({ network, step, progress }: Session): void {
  if (network.states.size === 0 || progress.partial.samples > 0) return;
  const state = step.readState();
  for (const key of network.states.keys()) state.tensors.get(key)?.values.fill(0);
  const written = step.writeState(state);
  if (!written.ok) throw new Error(written.problem.message);
}

async function doSteps(session: Session, epoch: number): Promise<EpochEnd> {
  const { step, progress, telemetry, run, rangeTest } = session;
  const order = epochOrder(session, epoch);
  forgetStates(session);
  const recent = new Recent(session);
  // The loss of a step is of the weights before it: those that it left are looked at before they are saved.
  const wholeOr = async (end: EpochEnd): Promise<EpochEnd> =>
    (await finiteState(step, hearing(session, epoch)))
      ? end
      : { kind: 'not-finite', broken: recent.search() };
  telemetry.wake();
  const began = session.clock.seconds;
  let renewMark = false;
  try {
    for (let at = progress.partial.samples; at < order.length;) {
      await listen(session, epoch, () => recent.begin());
      if (run.control.stopping) return await wholeOr({ kind: 'stopped' });
      const batches = nextBatches(session, order, at);
      await session.readAhead.ready(batches[0], nextBatch(session, order, at));
      // Not before: the step that was done last may have broken the weights, which a stop finds out.
      if (renewMark) recent.begin();
      renewMark = false;
      const first = step.iteration - progress.stage.steps;
      const done = step.steps(batches);
      done.forEach(({ loss }, i) => rangeTest?.add(first + i, loss));
      for (const [i, scalars] of done.entries()) {
        const rows = batches[i];
        recent.add(rows);
        if (!isFiniteStep(scalars) && rangeTest) break;
        if (!isFiniteStep(scalars)) return { kind: 'not-finite', broken: recent.search() };
        at += rows.length;
        progress.firstLoss ??= scalars.loss;
        progress.samples += rows.length;
        addStep(progress.partial, scalars, rows.length);
        telemetry.add(scalars, rows.length);
      }
      if (telemetry.due) {
        tellProgress(session, epoch);
        renewMark = true;
        const isProfiled = await profileStage(session, epoch, false);
        if (isProfiled && run.profile === 'only') return { kind: 'profiled' };
      }
      if (rangeTest?.isOver) return { kind: 'tested' };
      await session.breathe();
    }
    return await wholeOr({ kind: 'complete' });
  } finally {
    progress.stepSeconds += session.clock.seconds - began;
    telemetry.rest();
    recent.end();
    step.settle();
  }
}

/** Goes on where the epoch was left. Afterwards `progress.partial` holds the sums over what was seen. */
export async function trainEpoch(session: Session, epoch: number): Promise<EpochEnd> {
  const end = await doSteps(session, epoch);
  if (end.kind !== 'complete') return end;
  const heed = meanwhile(session, epoch);
  // What was asked for in the last step does not wait for what the run looks at now.
  await heed();
  const isProfiled = await profileStage(session, epoch, epoch === lastEpochOfStage(session));
  if (isProfiled && session.run.profile === 'only') return { kind: 'profiled' };
  await examineWhenDue(session, epoch, heed);
  return end;
}
