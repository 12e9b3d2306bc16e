/** Standardize: mean 0 and standard deviation 1 over the training part, as scikit-learn's `StandardScaler`. */
import { z } from 'zod';
import type { StandardizeState } from '../../../shared/document/preparation';
import { ok } from '../../../shared/result';
import { allNumbers, chooseColumns, isNumeric, transformed } from './flow';
import { measure } from './measure';
import type { Step } from './step';
import { stepParams } from './step';

const params = z.object({ columns: z.array(z.string()).default([]) });

/** What rounding leaves of the spread of a column that holds one value is not stretched to 1. */
const isConstant = (mean: number, std: number) => std <= 1e-12 * Math.abs(mean);

export const standardize: Step<StandardizeState> = {
  *fit(given, { block, from, flow, parts }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    const chosen = chooseColumns(
      flow,
      block,
      checked.value.columns,
      (facts) => facts.role === 'input' && isNumeric(facts),
    );
    if (!chosen.ok) return chosen;
    const numbers = allNumbers(block, chosen.value);
    if (!numbers.ok) return numbers;
    const measured = yield* measure(numbers.value, parts);
    const columns = chosen.value.map(({ name }, i) => ({
      name,
      mean: measured[i].map(({ mean }) => mean),
      std: measured[i].map(({ mean, std }) => (isConstant(mean, std) ? 1 : std)),
    }));
    return ok({ type: 'Standardize', block, from, columns });
  },

  apply({ columns }, flow) {
    const steps = columns.map(({ name, mean, std }) => {
      const by = {
        kind: 'affine',
        scale: std.map((s) => 1 / s),
        offset: mean.map((m, i) => -m / std[i]),
      } as const;
      return { name, by };
    });
    return transformed(flow, steps);
  },
};
