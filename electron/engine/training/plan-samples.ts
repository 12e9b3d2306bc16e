/** Owns the way from a plan to its samples: which arrays data preparation is to make, and which block reads which of them. */
import type { Plan } from '../../../shared/compiler/plan';
import { PARTS } from '../../../shared/document/facts';
import type { ArrayUse } from '../../data/preparation/arrays';
import type { PreparedSet } from '../../data/preparation/prepare';
import type { SampleArray, Samples } from '../step/samples';

/** One array for each Input block, then one for each loss, then one for each loss that weighs its samples: what `prepare` is asked for, and the order of its answer. */
export const planUses = (plan: Plan): ArrayUse[] => [
  ...plan.inputs.map(({ dataset, columns }) => ({ dataset, columns, inputs: true })),
  ...plan.losses.map(({ dataset, columns }) => ({ dataset, columns, inputs: false })),
  ...weighing(plan).map(({ dataset, sample_weight }) => ({
    dataset,
    columns: [sample_weight],
    inputs: false,
  })),
];

function weighing({ losses }: Plan) {
  return losses.flatMap(({ sample_weight, ...loss }) =>
    sample_weight === undefined ? [] : [{ ...loss, sample_weight }],
  );
}

/** `prepared` was made for `planUses(plan)`. */
export function planSamples(plan: Plan, { parts, arrays }: PreparedSet): Samples {
  const rowsOf = (index: number): Int32Array => {
    const rows = new Int32Array(parts.reduce((count, part) => count + (part === index ? 1 : 0), 0));
    let at = 0;
    parts.forEach((part, row) => {
      if (part === index) rows[at++] = row;
    });
    return rows;
  };
  const [train, validation, test] = PARTS.map((_, index) => rowsOf(index));
  const inputs = new Map<string, SampleArray>(plan.inputs.map(({ block }, i) => [block, arrays[i]]));
  const labels = new Map<string, SampleArray>(
    plan.losses.map(({ block }, i) => [block, arrays[plan.inputs.length + i]]),
  );
  const before = plan.inputs.length + plan.losses.length;
  const weights = new Map<string, SampleArray>(
    weighing(plan).map(({ block }, i) => [block, arrays[before + i]]),
  );
  return { inputs, labels, weights, parts: { train, validation, test } };
}
