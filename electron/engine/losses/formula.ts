/** Owns the loss that a person wrote as a formula. */
import { z } from 'zod';
import { LOSS_NAMES, OTHERS } from '../../../shared/blocks/loss/formula-loss';
import { valueFormula } from '../../../shared/formula/formula';
import { computeValue } from '../formula/compute';
import { tf } from '../tensorflow';
import { alignedLabels, type PlaceLosses } from './judged';

const settings = z.object({ formula: z.string() });

/** The compiler lets no plan pass whose formula cannot be read. */
export function formulaLoss(raw: unknown): PlaceLosses {
  const { formula } = settings.parse(raw);
  const checked = valueFormula(formula, LOSS_NAMES);
  if (!checked.ok) throw new Error(checked.problem.message);
  return ({ prediction, labels, others = [] }) => {
    const given = new Map([
      ['p', prediction],
      ['y', alignedLabels(labels, prediction)],
      ...others.map((output, i) => [OTHERS[i], output] as const),
    ]);
    const value = computeValue(checked.value, given);
    const [samples] = prediction.shape;
    return value.shape[0] === samples && value.rank > 0 ? value : tf.mul(tf.ones([samples]), value);
  };
}
