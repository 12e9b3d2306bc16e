/** Owns what a run says between epochs: at first four times a second, later once, the mean of the steps since the last time. */
import { performance } from 'node:perf_hooks';
import type { RunEvent } from '../../../shared/protocol/run';
import { meansOf, type Metric } from '../losses/metrics';
import type { StepScalars } from '../step/step';
import { tf } from '../tensorflow';

/** Whoever watches draws what is told with processors that train: a long run needs no more than one new point a second. */
const LEAST_INTERVAL = 240;
const GREATEST_INTERVAL = 1000;
/** Of the time since the start. */
const INTERVAL_SHARE = 0.05;

export interface Place {
  epoch: number;
  step: number;
  stepInEpoch: number;
  learningRate: number;
  /** Samples still to be seen in all epochs. */
  samplesLeft: number;
}

export class Telemetry {
  private since = performance.now();
  private samples = 0;
  private loss = 0;
  private lossMin = Infinity;
  private lossMax = -Infinity;
  private metrics: Record<string, number> = {};
  /** Of this stretch, with validation: what the time left is reckoned by. */
  private readonly began = performance.now();
  private waited = 0;
  private seen = 0;

  constructor(
    private readonly emit: (event: RunEvent) => void,
    private readonly counted: readonly Metric[],
  ) {}

  add({ loss, metrics }: StepScalars, samples: number): void {
    this.samples += samples;
    this.seen += samples;
    this.loss += loss * samples;
    this.lossMin = Math.min(this.lossMin, loss);
    this.lossMax = Math.max(this.lossMax, loss);
    for (const [name, sum] of Object.entries(metrics)) this.metrics[name] = (this.metrics[name] ?? 0) + sum;
  }

  /** Whether it is time to speak again. */
  get due(): boolean {
    if (this.samples === 0) return false;
    const now = performance.now();
    const interval = Math.min(
      GREATEST_INTERVAL,
      Math.max(LEAST_INTERVAL, INTERVAL_SHARE * (now - this.began)),
    );
    return now - this.since >= interval;
  }

  tell(place: Place): void {
    if (this.samples === 0) return;
    const now = performance.now();
    const { epoch, step, stepInEpoch, learningRate, samplesLeft } = place;
    const secondsPerSample = (now - this.began - this.waited) / 1000 / this.seen;
    this.emit({
      type: 'progress',
      time: Date.now(),
      epoch,
      step,
      stepInEpoch,
      learningRate,
      loss: this.loss / this.samples,
      lossMin: this.lossMin,
      lossMax: this.lossMax,
      // What is undefined for these samples is left out: it has no place on a curve.
      metrics: Object.fromEntries(
        Object.entries(meansOf(this.counted, this.metrics, this.samples)).filter(([, mean]) =>
          Number.isFinite(mean),
        ),
      ),
      samplesPerSecond: this.samples / ((now - this.since) / 1000),
      secondsLeft: samplesLeft * secondsPerSample,
      memory: { rss: process.memoryUsage.rss(), tensors: tf.memory().numTensors },
    });
    this.restart();
  }

  /** Forgets the interval that has begun: after validation or a pause, which are no steps. */
  restart(): void {
    this.since = performance.now();
    this.samples = 0;
    this.loss = 0;
    this.lossMin = Infinity;
    this.lossMax = -Infinity;
    this.metrics = {};
  }

  /** A pause counts neither for the speed nor for the time left. */
  leaveOut(milliseconds: number): void {
    this.waited += milliseconds;
    this.since += milliseconds;
  }
}
