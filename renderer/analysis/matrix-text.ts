/** Owns the sentences about a confusion matrix: what a cell says, what an empty selection means. */
import { trueCounts } from '../../shared/metrics/confusion';
import type { Confusion } from '../../shared/protocol/run';
import { countText, percentText } from '../ui/numbers';

/** A cell, a row (any prediction), a column (any true class), or everything. null is any. */
export interface CellChoice {
  trueClass: number | null;
  predictedClass: number | null;
}

export interface Confused {
  trueClass: number;
  predictedClass: number;
  count: number;
}

/** `4 read as 9: 14`. */
export const cellName = ({ labels, counts }: Confusion, trueClass: number, predictedClass: number): string =>
  `${labels[trueClass]} read as ${labels[predictedClass]}: ${countText(counts[trueClass][predictedClass])}`;

/** `4 read as 9: 14, 1.4 % of the 982 that are 4`. */
export function cellSentence(confusion: Confusion, trueClass: number, predictedClass: number): string {
  const all = trueCounts(confusion)[trueClass];
  const share = all === 0 ? null : confusion.counts[trueClass][predictedClass] / all;
  const name = cellName(confusion, trueClass, predictedClass);
  if (share === null) return `${name}; no sample is ${confusion.labels[trueClass]}`;
  return `${name}, ${percentText(share)} of the ${countText(all)} that are ${confusion.labels[trueClass]}`;
}

/** Samples that a choice stands for: of a cell all, of anything wider the mistakes. */
export function chosenCount({ counts }: Confusion, choice: CellChoice): number {
  let total = 0;
  counts.forEach((row, t) =>
    row.forEach((count, p) => {
      if (choiceHolds(choice, t, p)) total += count;
    }),
  );
  return total;
}

/** Whether a sample belongs to a choice. */
export const choiceHolds = (choice: CellChoice, trueClass: number, predictedClass: number): boolean =>
  choice.trueClass !== null && choice.predictedClass !== null
    ? choice.trueClass === trueClass && choice.predictedClass === predictedClass
    : trueClass !== predictedClass &&
      (choice.trueClass ?? trueClass) === trueClass &&
      (choice.predictedClass ?? predictedClass) === predictedClass;

/** Heading of the samples of a choice. */
export function choiceTitle({ labels }: Confusion, { trueClass, predictedClass }: CellChoice): string {
  if (trueClass !== null && predictedClass !== null)
    return trueClass === predictedClass
      ? `${labels[trueClass]}, read right`
      : `True ${labels[trueClass]}, predicted ${labels[predictedClass]}`;
  if (trueClass !== null) return `True ${labels[trueClass]}, read as something else`;
  if (predictedClass !== null) return `Wrongly read as ${labels[predictedClass]}`;
  return 'All mistakes';
}

/** `Mistakes`, `4 read as 9`: what is counted, as a curve over the epochs is named. */
export function choiceName({ labels }: Confusion, { trueClass, predictedClass }: CellChoice): string {
  if (trueClass !== null && predictedClass !== null)
    return `${labels[trueClass]} read as ${labels[predictedClass]}`;
  if (trueClass !== null) return `Mistakes with ${labels[trueClass]}`;
  return predictedClass !== null ? `Wrongly read as ${labels[predictedClass]}` : 'Mistakes';
}

/** Why there is nothing to see. */
export function emptySentence(
  { labels }: Confusion,
  { trueClass, predictedClass }: CellChoice,
  samples: string,
): string {
  if (trueClass !== null && trueClass === predictedClass) return `No ${labels[trueClass]} was read right.`;
  if (trueClass !== null && predictedClass !== null)
    return `No ${labels[trueClass]} was read as ${labels[predictedClass]}.`;
  if (trueClass !== null) return `Every ${labels[trueClass]} was read right.`;
  if (predictedClass !== null) return `Nothing else was read as ${labels[predictedClass]}.`;
  return `Every one of the ${samples} was read right.`;
}

/** The cells with most errors, most first. */
export function mostConfused({ counts }: Confusion, limit: number): Confused[] {
  return counts
    .flatMap((row, trueClass) => row.map((count, predictedClass) => ({ trueClass, predictedClass, count })))
    .filter(({ trueClass, predictedClass, count }) => trueClass !== predictedClass && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
}
