/** Owns where a run is, as its telemetry tells it: between two steps, whoever asks. */
import { lastEpoch, type Session } from './session';

/** Nothing is told where no step was done since the last time. */
export function tellProgress(session: Session, epoch: number): void {
  const { trainer, step, samples, progress, telemetry, clock, rangeTest } = session;
  const { length } = samples.parts.train;
  const seen = progress.partial.samples;
  telemetry.tell({
    epoch,
    step: step.iteration,
    stepInEpoch: Math.ceil(seen / trainer.batch_size),
    seconds: progress.seconds + clock.seconds,
    rates: step.rates,
    samplesLeft: length - seen + (lastEpoch(session) - epoch) * length,
    rangeTest,
  });
}
