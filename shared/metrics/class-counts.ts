/** Owns what is counted of each class: hits, misses and false alarms, the shares that follow, and their averages. */
import type { Average } from './metric-kinds';

export interface ClassCount {
  label: string;
  /** Of this class and answered so. */
  hits: number;
  /** Of this class and answered otherwise. */
  misses: number;
  /** Answered as this class and of another. */
  falseAlarms: number;
}

/** A share of nothing (0/0) is null, never 0. */
export type Score = (count: ClassCount) => number | null;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const precision: Score = ({ hits, falseAlarms }) => share(hits, hits + falseAlarms);
export const recall: Score = ({ hits, misses }) => share(hits, hits + misses);
/** Recall counts `beta` times as much as precision; with 1 it is F1. */
export const fBeta =
  (beta: number): Score =>
  ({ hits, misses, falseAlarms }) =>
    share((1 + beta ** 2) * hits, (1 + beta ** 2) * hits + beta ** 2 * misses + falseAlarms);
export const f1: Score = fBeta(1);
/** Intersection over union. */
export const iou: Score = ({ hits, misses, falseAlarms }) => share(hits, hits + misses + falseAlarms);

export const support = ({ hits, misses }: ClassCount): number => hits + misses;

/** Counts of one class per row of `truth` and `answered`: indices into the labels. */
export function countClasses(
  truth: ArrayLike<number>,
  answered: ArrayLike<number>,
  labels: readonly string[],
): ClassCount[] {
  const counts = labels.map((label): ClassCount => ({ label, hits: 0, misses: 0, falseAlarms: 0 }));
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === answered[i]) counts[truth[i]].hits += 1;
    else {
      counts[truth[i]].misses += 1;
      counts[answered[i]].falseAlarms += 1;
    }
  }
  return counts;
}

/** Counts of several questions of yes or no, one for each label: row-major [n, labels]. */
export function countQuestions(
  truth: ArrayLike<number>,
  answered: ArrayLike<number>,
  labels: readonly string[],
): ClassCount[] {
  const counts = labels.map((label): ClassCount => ({ label, hits: 0, misses: 0, falseAlarms: 0 }));
  for (let i = 0; i < truth.length; i++) {
    const count = counts[i % labels.length];
    if (truth[i] && answered[i]) count.hits += 1;
    else if (truth[i]) count.misses += 1;
    else if (answered[i]) count.falseAlarms += 1;
  }
  return counts;
}

/** Mean over the values that are defined, weighted or not; null where none is. */
export function meanOfDefined(
  values: readonly (number | null)[],
  weights: readonly number[] | null,
): number | null {
  let [sum, total] = [0, 0];
  values.forEach((value, i) => {
    if (value === null) return;
    const weight = weights === null ? 1 : weights[i];
    sum += value * weight;
    total += weight;
  });
  return total === 0 ? null : sum / total;
}

/** As scikit-learn with `zero_division=nan`: what is undefined for a class is left out of the mean. */
export function averaged(
  score: Score,
  counts: readonly ClassCount[],
  average: Exclude<Average, 'none' | 'auto'>,
) {
  const sum = (of: (count: ClassCount) => number) => counts.reduce((total, count) => total + of(count), 0);
  if (average === 'micro')
    return score({
      label: '',
      hits: sum(({ hits }) => hits),
      misses: sum(({ misses }) => misses),
      falseAlarms: sum(({ falseAlarms }) => falseAlarms),
    });
  return meanOfDefined(counts.map(score), average === 'weighted' ? counts.map(support) : null);
}
