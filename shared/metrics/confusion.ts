/**
 * Owns what is counted when classes are predicted: the confusion matrix and what follows from it. A share of nothing (0/0)
 * is null, never 0.
 */
import type { Confusion } from '../protocol/run';

export interface ClassScores {
  label: string;
  /** Samples that truly are of this class. */
  support: number;
  /** Of those predicted as this class, the share that are; null where none was predicted. */
  precision: number | null;
  /** Of those that are of this class, the share that was predicted so; null where there are none. */
  recall: number | null;
  /** Harmonic mean of both, 2·tp / (2·tp + fp + fn); null where the class neither occurs nor was predicted. */
  f1: number | null;
}

/** Rows are true classes, columns predicted ones; both lists hold indices into `labels`, one for each sample. */
export function confusionMatrix(
  trueClasses: ArrayLike<number>,
  predictedClasses: ArrayLike<number>,
  labels: readonly string[],
): Confusion {
  const counts = labels.map(() => labels.map(() => 0));
  for (let sample = 0; sample < trueClasses.length; sample++)
    counts[trueClasses[sample]][predictedClasses[sample]] += 1;
  return { labels: [...labels], counts };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const samplesCounted = ({ counts }: Confusion): number => sum(counts.map(sum));
/** How many samples truly are of each class. */
export const trueCounts = ({ counts }: Confusion): number[] => counts.map(sum);
/** How many samples were predicted as each class. */
export const predictedCounts = ({ counts }: Confusion): number[] =>
  counts.map((_, predicted) => sum(counts.map((row) => row[predicted])));

/** Share of samples that were predicted right. */
export const accuracy = (confusion: Confusion): number | null =>
  share(sum(confusion.counts.map((row, i) => row[i])), samplesCounted(confusion));

/** The accuracy of always answering the most frequent class: the bar to beat. */
export const majorityShare = (confusion: Confusion): number | null =>
  share(Math.max(0, ...trueCounts(confusion)), samplesCounted(confusion));

/** Precision, recall and F1 of each class, in the order of the labels. */
export function classScores(confusion: Confusion): ClassScores[] {
  const occurring = trueCounts(confusion);
  const predicted = predictedCounts(confusion);
  return confusion.labels.map((label, i) => {
    const right = confusion.counts[i][i];
    return {
      label,
      support: occurring[i],
      precision: share(right, predicted[i]),
      recall: share(right, occurring[i]),
      f1: share(2 * right, predicted[i] + occurring[i]),
    };
  });
}
