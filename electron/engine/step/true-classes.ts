/** Owns the class of each sample as its labels say it, whatever their encoding. */
import type { PlanLoss } from '../../../shared/compiler/plan';
import { argmaxRows } from '../../../shared/metrics/probabilities';
import { gatherRows, type Samples } from './samples';

const isChoice = ({ task }: PlanLoss): boolean => task === 'classification' || task === 'binary';

/** Class indices in the order of the rows, and how many classes there are; null where labels name no single class. */
export function trueClasses(
  loss: PlanLoss,
  samples: Samples,
  rows: Int32Array,
): { classes: Int32Array; count: number } | null {
  const source = samples.labels.get(loss.block);
  if (source === undefined || !isChoice(loss)) return null;
  const width = source.shape.reduce((product, size) => product * size, 1);
  // A map has a class at every place.
  if (source.shape.slice(0, -1).some((size) => size !== 1)) return null;
  const values = gatherRows(source, rows);
  if (loss.labels === 'one-hot') return { classes: argmaxRows(values, width), count: width };
  // Several yes/no labels for one sample have no single class.
  if (width !== 1) return null;
  // Yes may be said as 1 beside 0 or beside −1.
  const classes = Int32Array.from(
    values,
    loss.task === 'binary' ? (value) => (value > 0.5 ? 1 : 0) : Math.round,
  );
  return {
    classes,
    count: loss.classes?.length ?? classes.reduce((most, index) => Math.max(most, index + 1), 2),
  };
}
