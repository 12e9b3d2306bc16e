/** Owns how figures of a run are written: losses, metrics, rates, durations. */
import { metricKind, metricOf } from '../../shared/metrics/metric-kinds';
import type { Estimate } from '../state/estimate';
import { figureText } from '../ui/numbers';

/** `Accuracy`, `F1 of cat`, `Loss of price_loss`: a figure of a run by what it measures, and of what. */
export function metricTitle(figure: string): string {
  const name = metricOf(figure) ?? (figure.endsWith('_loss') ? 'loss' : null);
  if (name === null) return figure.replaceAll('_', ' ');
  const title = name === 'loss' ? 'Loss' : metricKind(name).title;
  const [, label] = /\[(.*)\]$/.exec(figure) ?? [];
  const bare = figure.replace(/\[.*\]$/, '');
  const block = bare === name ? null : bare.slice(0, -name.length - 1);
  return [title, label, block].filter((part) => part !== undefined && part !== null).join(' of ');
}

/** As an adjective of samples. */
export const PART_WORDS = { train: 'training', validation: 'validation', test: 'test' } as const;

/** Shares lie between 0 and 1. */
export function isShare(figure: string): boolean {
  const name = metricOf(figure);
  return name !== null && metricKind(name).isShare === true;
}

/** Four decimals down to 0.001; very small and very large ones in powers of ten, with the digits that still change. */
export function lossText(value: number): string {
  if (!Number.isFinite(value)) return 'not finite';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return value.toExponential(1);
  if (size >= 1e5) return String(Number(value.toPrecision(4)).toExponential());
  return size >= 100
    ? value.toFixed(0)
    : size >= 1
      ? String(Number(value.toFixed(2)))
      : String(Number(value.toFixed(4)));
}

/** `0.001`, `2.5e-7`: three digits. */
export const rateText = (value: number): string => String(Number(value.toPrecision(3)));

export const metricText = (metric: string, value: number | null): string => {
  if (value === null) return 'undefined';
  return isShare(metric) ? `${Number((100 * value).toFixed(2))}\u2009%` : figureText(value);
};

const rounded = (value: number, to: number): number => Math.max(to, Math.round(value / to) * to);

/** `about a few seconds` would be vaguer than either. */
const FEW = 'a few seconds';

/** `a few seconds`, `40 s`, `3 min`, `1.5 h`, `2 days`: no more digits than a forecast has. */
export function roughDurationText(seconds: number): string {
  if (seconds < 8) return FEW;
  if (seconds < 55) return `${rounded(seconds, seconds < 20 ? 5 : 10)} s`;
  const minutes = seconds / 60;
  if (minutes < 55) return `${rounded(minutes, minutes < 10 ? 1 : 5)} min`;
  const hours = minutes / 60;
  if (hours < 48) return `${rounded(hours, hours < 10 ? 0.5 : 1)} h`;
  return `${Math.round(hours / 24)} days`;
}

/** `About 3 min on this computer`, `At most about 3 min at the speed of run 4`. */
export function estimateText({ seconds, run, atMost }: Estimate): string {
  const source = run === null ? 'on this computer' : `at the speed of run ${run}`;
  const time = roughDurationText(seconds);
  const about = time === FEW ? time : `about ${time}`;
  const words = `${atMost ? 'at most ' : ''}${about} ${source}`;
  return words[0].toUpperCase() + words.slice(1);
}

/** `47 s`, `2 min 8 s`, `1 h 4 min`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
