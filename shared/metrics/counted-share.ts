/** Owns which figure of a part is a share that is counted sample by sample, as an accuracy, and how sure it is. */
import type { MetricValues } from '../protocol/run';
import { wilsonInterval, type Interval } from './interval';
import { metricKind, metricOf } from './metric-kinds';

export interface Share {
  name: string;
  value: number;
  n: number;
}

/** The first such figure; null where there is none, or none that is defined. Only of a share that is counted the interval follows from its n. */
export function shareOf(values: MetricValues | undefined): Share | null {
  if (values === undefined) return null;
  const found = Object.entries(values).find(([name, value]) => isCounted(name) && value !== null);
  return found === undefined ? null : { name: found[0], value: found[1] ?? 0, n: values.n };
}

function isCounted(name: string): boolean {
  const metric = metricOf(name);
  return metric !== null && metricKind(metric).isShare === true && metricKind(metric).measured === 'batch';
}

export const intervalOf = ({ value, n }: Share): Interval =>
  wilsonInterval(Math.round(value * n), n) ?? { low: 0, high: 1 };
export const titleOf = (name: string): string => {
  const metric = metricOf(name);
  return metric === null ? name : metricKind(metric).title.toLowerCase();
};
export const count = (n: number): string => n.toLocaleString('en');
