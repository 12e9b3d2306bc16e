/** Owns the update rule that a person wrote as formulas. */
import { z } from 'zod';
import { updateFormula } from '../../../shared/formula/formula';
import { computeUpdate } from '../formula/compute';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const writtenConfig = z.object({ rule: z.string() });

/** The compiler lets no plan pass whose rule cannot be read. */
export function writtenRule(raw: unknown): UpdateRule {
  const { rule } = writtenConfig.parse(raw);
  const checked = updateFormula(rule);
  if (!checked.ok) throw new Error(checked.problem.message);
  const { states } = checked.value;
  return {
    slots: states,
    coefficients: (rate, iteration) => ({ rate, t: iteration + 1 }),
    update(weights, gradient, slots, { rate, t }) {
      const given = new Map([...Object.entries(slots), ['w', weights], ['g', gradient], ['rate', rate], ['t', t]] as const); // prettier-ignore
      const next = computeUpdate(checked.value, given);
      const inPlace = (name: string) => tf.mul(tf.onesLike(weights), next.get(name) ?? 0);
      return {
        weights: inPlace('w'),
        slots: Object.fromEntries(states.map((name) => [name, inPlace(name)])),
      };
    },
  };
}
