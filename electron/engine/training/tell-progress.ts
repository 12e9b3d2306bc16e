/** Owns where a run is, as its telemetry tells it: between two steps, whoever asks. */
import type { Session } from './session';

/** Nothing is told where no step was done since the last time. */
export function tellProgress({ trainer, step, samples, progress, telemetry }: Session, epoch: number): void {
  const { length } = samples.parts.train;
  const seen = progress.partial.samples;
  telemetry.tell({
    epoch,
    step: step.iteration,
    stepInEpoch: Math.ceil(seen / trainer.batch_size),
    learningRate: step.learningRate,
    samplesLeft: length - seen + (trainer.epochs - epoch) * length,
  });
}
