/**
 * Owns after which epochs a run shows the pictures that its network makes: often at first, when they change most, then in
 * ever longer steps, so that the ledger of a long run stays small; and never for more than a small share of its time.
 */
import { performance } from 'node:perf_hooks';
import { drawPictures } from '../pictures/draw';
import { withAverages } from './judge';
import type { Session } from './session';
import type { StepState } from '../step/step';

/** Of the run's time. */
const SHARE = 0.02;
/** Of the epochs so far: how many pass till the next pictures. */
const STEP = 0.1;

function isDue({ clock, gallery: { epoch, took }, progress: { epochs } }: Session): boolean {
  if (epoch === null) return true;
  const isAffordable = took.sum + (took.last ?? 0) <= SHARE * clock.seconds;
  return isAffordable && epochs - epoch >= STEP * epochs;
}

/** `ended`: this epoch is the last of its stage, whose pictures nobody would want to miss. */
export async function pictureWhenDue(session: Session, state: StepState, ended: boolean): Promise<void> {
  const { run, network, samples, progress, gallery } = session;
  if (gallery.subjects.length === 0 || !(ended || isDue(session))) return;
  const began = performance.now();
  const { train, validation } = samples.parts;
  const drawing = {
    plan: run.plan,
    network,
    samples,
    rows: validation.length > 0 ? validation : train,
    classes: run.classes ?? null,
  };
  const pictures = await withAverages(session, state, () =>
    Promise.resolve(drawPictures(drawing, gallery.subjects)),
  );
  run.emit({ type: 'pictured', time: Date.now(), epoch: progress.epochs, pictures });
  const seconds = (performance.now() - began) / 1000;
  gallery.epoch = progress.epochs;
  gallery.took = { last: seconds, sum: gallery.took.sum + seconds };
}
