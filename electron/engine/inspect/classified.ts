/** Owns what predictions say of classes: true class, predicted class, probabilities and loss of each sample. */
import type { PlanLoss } from '../../../shared/compiler/plan';
import { argmaxRows, classProbabilities } from '../../../shared/metrics/probabilities';
import type { Predictions } from '../step/evaluate';
import type { Samples } from '../step/samples';
import { trueClasses } from '../step/true-classes';

export interface Classified {
  labels: readonly string[];
  /** One index into `labels` for each row. */
  truth: Int32Array;
  predicted: Int32Array;
  /** [rows, labels.length]. */
  probabilities: Float32Array;
  losses: Float32Array;
}

/** A class at each place of a map, or several yes and no for one sample. */
export const hasSeveralAnswers = (loss: PlanLoss, samples: Samples): boolean =>
  trueClasses(loss, samples, new Int32Array(0)) === null;

export const severalAnswers = ({ block }: PlanLoss): string =>
  `${block} answers several questions for each sample, as one for each pixel, so there is no confusion matrix. Loss and accuracy count every answer.`;

/** null where the loss has no classes, or where each sample has more than one answer. */
export function classify(
  loss: PlanLoss,
  samples: Samples,
  rows: Int32Array,
  { values, width, losses }: Predictions,
): Classified | null {
  const truth = rows.length === 0 ? null : trueClasses(loss, samples, rows);
  const { classes } = loss;
  if (truth === null || classes === undefined || classes.length !== (width === 1 ? 2 : width)) return null;
  const probabilities = classProbabilities(values, width, loss);
  return {
    labels: classes,
    truth: truth.classes,
    predicted: argmaxRows(probabilities, classes.length),
    probabilities,
    losses,
  };
}
