/** Owns the 95 % intervals of precision, recall and F1 of each class, and the one axis on which all of them are drawn. */
import { classScores, predictedCounts, type ClassScores } from '../../shared/metrics/confusion';
import { wilsonInterval, type Interval } from '../../shared/metrics/interval';
import type { Confusion } from '../../shared/protocol/run';

export interface ClassRow extends ClassScores {
  intervals: { precision: Interval | null; recall: Interval | null; f1: Interval | null };
}

/** F1 = 2J / (1 + J) grows with J = tp / (tp + fp + fn), which is a share and has Wilson's interval. */
function f1Interval(right: number, either: number): Interval | null {
  const jaccard = wilsonInterval(right, either);
  const f1 = (j: number) => (2 * j) / (1 + j);
  return jaccard && { low: f1(jaccard.low), high: f1(jaccard.high) };
}

export function classRows(confusion: Confusion): ClassRow[] {
  const predicted = predictedCounts(confusion);
  return classScores(confusion).map((scores, i) => {
    const right = confusion.counts[i][i];
    return {
      ...scores,
      intervals: {
        precision: wilsonInterval(right, predicted[i]),
        recall: wilsonInterval(right, scores.support),
        f1: f1Interval(right, predicted[i] + scores.support - right),
      },
    };
  });
}

/** From where to 100 % the axis goes: the least lower end, rounded down to a number that is easily read. */
export function axisStart(rows: readonly ClassRow[]): number {
  const lows = rows.flatMap(({ intervals }) =>
    Object.values(intervals).map((interval) => interval?.low ?? 1),
  );
  const least = Math.min(1, ...lows);
  const step = least >= 0.95 ? 0.01 : least >= 0.8 ? 0.05 : 0.1;
  return Math.max(0, Math.floor(least / step + 1e-9) * step);
}
