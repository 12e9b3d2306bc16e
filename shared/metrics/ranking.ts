/** Owns what is measured of scores that put samples in an order: how well the positive ones come first. */

/** Places of the scores, the largest first. */
function descending(scores: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i);
  return order.sort((a, b) => scores[b] - scores[a]);
}

/** Goes from the highest score down; equal scores are one step. Says how many positives and negatives were seen by then. */
function walk(
  scores: ArrayLike<number>,
  positive: (i: number) => boolean,
  step: (positives: number, negatives: number) => void,
): void {
  const order = descending(scores);
  let positives = 0;
  order.forEach((i, place) => {
    if (positive(i)) positives += 1;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[i]) step(positives, place + 1 - positives);
  });
}

/**
 * Area under the ROC curve: the chance that a positive sample has a higher score than a negative one, where equal scores
 * count half. Null where one of the two kinds is missing.
 */
export function rocAuc(scores: ArrayLike<number>, positive: (i: number) => boolean): number | null {
  let area = 0;
  let [positives, negatives] = [0, 0];
  walk(scores, positive, (p, n) => {
    area += ((n - negatives) * (p + positives)) / 2;
    [positives, negatives] = [p, n];
  });
  return positives === 0 || negatives === 0 ? null : area / (positives * negatives);
}

/**
 * Precision at each positive sample from the top, averaged (scikit-learn's `average_precision_score`). Null without
 * positive samples.
 */
export function averagePrecision(scores: ArrayLike<number>, positive: (i: number) => boolean): number | null {
  let sum = 0;
  let before = 0;
  walk(scores, positive, (p, n) => {
    sum += ((p - before) * p) / (p + n);
    before = p;
  });
  return before === 0 ? null : sum / before;
}

/** Of those that are answered with yes from some score on: the shares of both kinds. */
interface Cut {
  precision: number;
  recall: number;
  specificity: number;
}

/** Every place where a border can lie, the one above all scores first. Null where one of the two kinds is missing. */
function cuts(scores: ArrayLike<number>, positive: (i: number) => boolean): Cut[] | null {
  const seen: [positives: number, negatives: number][] = [[0, 0]];
  walk(scores, positive, (p, n) => seen.push([p, n]));
  const [positives, negatives] = seen[seen.length - 1];
  if (positives === 0 || negatives === 0) return null;
  return seen.map(([p, n]) => ({
    precision: p + n === 0 ? 1 : p / (p + n),
    recall: p / positives,
    specificity: 1 - n / negatives,
  }));
}

/**
 * The best of one share among all borders at which the other reaches `least`; Keras' `PrecisionAtRecall` and its like, with
 * every border in place of 200. 0 where none does.
 */
export const bestAt =
  (wanted: keyof Cut, other: keyof Cut, least: number) =>
  (scores: ArrayLike<number>, positive: (i: number) => boolean): number | null =>
    cuts(scores, positive)?.reduce(
      (best, cut) => (cut[other] >= least ? Math.max(best, cut[wanted]) : best),
      0,
    ) ?? null;
