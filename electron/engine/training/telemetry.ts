/** Owns what a run says between epochs: at first four times a second, later once, the mean of the steps since the last time. */
import type { RunEvent } from '../../../shared/protocol/run';
import { awakeMilliseconds } from '../awake-clock';
import { meansOf, type Metric } from '../losses/metrics';
import type { StepScalars } from '../step/step';
import { tf } from '../tensorflow';
import { addStep, emptyEpoch } from './progress';
import type { RangeTest } from './range-test';

/** Whoever watches draws what is told with processors that train: a long run needs no more than one new point a second. */
const LEAST_INTERVAL = 240;
const GREATEST_INTERVAL = 1000;
/** Of the time since the start. */
const INTERVAL_SHARE = 0.05;

export interface Place {
  epoch: number;
  step: number;
  stepInEpoch: number;
  /** By Train block. */
  rates: Readonly<Record<string, number>>;
  /** Of training so far, without pauses. */
  seconds: number;
  /** Samples still to be seen in all epochs. */
  samplesLeft: number;
  rangeTest: RangeTest | null;
}

export class Telemetry {
  /** Where the steps of this interval began, or would have, had nothing lain between them. */
  private since = awakeMilliseconds();
  private told = awakeMilliseconds();
  private restedAt: number | null = null;
  private sums = emptyEpoch();
  private lossMin = Infinity;
  private lossMax = -Infinity;
  /** What the time left is reckoned by, with validation: all since the first steps, which also make ready what the others use. */
  private began: number | null = null;
  private readonly opened = awakeMilliseconds();
  private waited = 0;
  private leavesOut = false;
  private seen = 0;
  private tellingTook = 0;
  /** Milliseconds for each sample, in the last interval. */
  private pace: number | null = null;

  constructor(
    private readonly emit: (event: RunEvent) => void,
    /** By Train block, the first one first. */
    private readonly counted: ReadonlyMap<string, readonly Metric[]>,
  ) {}

  add(scalars: StepScalars, samples: number): void {
    this.seen += samples;
    this.lossMin = Math.min(this.lossMin, scalars.loss);
    this.lossMax = Math.max(this.lossMax, scalars.loss);
    addStep(this.sums, scalars, samples);
  }

  /** Whether it is time to speak again. */
  get due(): boolean {
    if (this.sums.samples === 0) return false;
    const now = awakeMilliseconds();
    const interval = Math.min(
      GREATEST_INTERVAL,
      Math.max(LEAST_INTERVAL, INTERVAL_SHARE * (now - this.opened)),
    );
    return now - this.told >= interval;
  }

  tell(place: Place): void {
    if (this.sums.samples === 0) return;
    const asked = awakeMilliseconds();
    const now = this.restedAt ?? asked;
    const { epoch, step, stepInEpoch, seconds, rates, samplesLeft, rangeTest } = place;
    const { samples } = this.sums;
    const [[first, own], ...others] = [...this.counted.keys()].map(
      (trainer) => [trainer, this.figures(trainer, rates)] as const,
    );
    const beside = others.filter(([trainer]) => trainer in this.sums.beside);
    this.emit({
      type: 'progress',
      time: Date.now(),
      epoch,
      step,
      stepInEpoch,
      seconds,
      ...own,
      lossMin: this.lossMin,
      lossMax: this.lossMax,
      ...(rangeTest ? { rangeTest: rangeTest.news() } : {}),
      ...(beside.length > 0 ? { trainers: Object.fromEntries([[first, own], ...beside]) } : {}),
      samplesPerSecond: samples / ((now - this.since) / 1000),
      secondsLeft: this.began === null ? null : (samplesLeft * this.millisecondsPerSample) / 1000,
      memory: { rss: process.memoryUsage.rss(), tensors: tf.memory().numTensors },
    });
    this.measure(now);
    this.tellingTook += awakeMilliseconds() - asked;
    this.begin();
    if (this.began !== null) return;
    this.began = this.told;
    this.waited = 0;
    this.seen = 0;
  }

  /** With what lies between the steps. */
  private get millisecondsPerSample(): number {
    const began = this.began ?? this.opened;
    return (awakeMilliseconds() - began - this.waited) / Math.max(1, this.seen);
  }

  /** Milliseconds that a step has taken lately, and of them what telling takes. */
  perStep(batchSize: number): { step: number; telemetry: number } {
    const steps = Math.max(1, this.seen / batchSize);
    return {
      step: (this.pace ?? this.millisecondsPerSample) * batchSize,
      telemetry: this.tellingTook / steps,
    };
  }

  /** Means over the interval. What is undefined for these samples is left out: it has no place on a curve. */
  private figures(trainer: string, rates: Place['rates']) {
    const { samples } = this.sums;
    const sums = this.sums.beside[trainer] ?? this.sums;
    const means = Object.entries(meansOf(this.counted.get(trainer) ?? [], sums.metrics, samples));
    return {
      loss: sums.loss / samples,
      metrics: Object.fromEntries(means.filter(([, mean]) => Number.isFinite(mean))),
      learningRate: rates[trainer],
    };
  }

  /** The steps of an epoch are over: what follows is none of them. */
  rest(): void {
    this.restedAt = awakeMilliseconds();
    if (this.sums.samples > 0) this.measure(this.restedAt);
  }

  /** Steps begin again. The interval goes on: many short epochs are told of as one. */
  wake(): void {
    if (this.restedAt !== null) this.since += awakeMilliseconds() - this.restedAt;
    else this.since = awakeMilliseconds();
    this.restedAt = null;
  }

  private measure(now: number): void {
    this.pace = (now - this.since) / this.sums.samples;
  }

  private begin(): void {
    this.since = this.told = awakeMilliseconds();
    if (this.restedAt !== null) this.restedAt = this.told;
    this.sums = emptyEpoch();
    this.lossMin = Infinity;
    this.lossMax = -Infinity;
  }

  /** What is done meanwhile counts neither for the speed nor for the time left. */
  async leaveOut<T>(work: () => Promise<T>): Promise<T> {
    if (this.leavesOut) return work();
    this.leavesOut = true;
    const began = awakeMilliseconds();
    try {
      return await work();
    } finally {
      const took = awakeMilliseconds() - began;
      this.waited += took;
      if (this.restedAt === null) this.since += took;
      this.leavesOut = false;
    }
  }
}
