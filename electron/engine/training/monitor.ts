/** Owns which epoch is the best and when enough is enough, as Keras' EarlyStopping and ModelCheckpoint decide it. */
import { z } from 'zod';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { metricKind, metricOf } from '../../../shared/metrics/metric-kinds';
import type { MetricValues } from '../../../shared/protocol/run';

export const monitorState = z.object({
  best: z.object({ epoch: z.number().int(), value: z.number() }).nullable(),
  /** For early stopping: the value to beat by `min_delta`, and the epochs that did not. */
  patience: z.object({ value: z.number().nullable(), waited: z.number().int() }),
});
export type MonitorState = z.infer<typeof monitorState>;

export const newMonitorState = (): MonitorState => ({ best: null, patience: { value: null, waited: 0 } });

export interface EpochMetrics {
  train: MetricValues;
  validation?: MetricValues;
}

/** `val_accuracy` reads the validation part; without one the training figures stand in, and the loss for a missing metric. */
export function monitoredValue(monitor: string, { train, validation }: EpochMetrics): number | null {
  const asksValidation = monitor.startsWith('val_');
  const name = asksValidation ? monitor.slice('val_'.length) : monitor;
  const figures = asksValidation ? (validation ?? train) : train;
  return figures[name] ?? figures.loss;
}

/** Accuracies are better when they are larger, losses and errors when they are smaller; the loss stands in for a missing one. */
function larger(monitor: string, { train, validation }: EpochMetrics): boolean {
  const asksValidation = monitor.startsWith('val_');
  const name = asksValidation ? monitor.slice('val_'.length) : monitor;
  const figures = asksValidation ? (validation ?? train) : train;
  const metric = metricOf(name);
  return typeof figures[name] === 'number' && metric !== null && metricKind(metric).better === 'higher';
}

/** For early stopping and the plateau: whether a figure is better than the best so far. */
export interface Judged {
  value: number | null;
  beats: (bar: number | null, by: number) => boolean;
}

/** The monitored figure of an epoch, which is never better than anything where it is not known. */
export function judged({ monitor }: PlanTrainer, metrics: EpochMetrics): Judged {
  const value = monitoredValue(monitor, metrics);
  const sign = larger(monitor, metrics) ? 1 : -1;
  return { value, beats: (bar, by) => value !== null && (bar === null || sign * (value - bar) > by) };
}

export interface Verdict {
  state: MonitorState;
  best: boolean;
  stop: boolean;
}

export function judgeEpoch(
  trainer: PlanTrainer,
  before: MonitorState,
  epoch: number,
  metrics: EpochMetrics,
): Verdict {
  const { value, beats } = judged(trainer, metrics);
  const best = beats(before.best?.value ?? null, 0);
  const early = trainer.early_stopping;
  const improved = beats(before.patience.value, early?.min_delta ?? 0);
  const patience = improved
    ? { value, waited: 0 }
    : { ...before.patience, waited: before.patience.waited + 1 };
  return {
    state: { best: best && value !== null ? { epoch, value } : before.best, patience },
    best,
    stop: early !== null && patience.waited >= early.patience && !improved,
  };
}
