/** ConstantColumn: one more column, with the same number in every row. */
import { z } from 'zod';
import type { ConstantColumnState } from '../../../shared/document/preparation';
import { fail, ok } from '../../../shared/result';
import { sampleSize } from '../statistics';
import type { Flow, FlowColumn } from './flow';
import type { Step } from './step';
import { stepParams } from './step';

const params = z.object({ name: z.string().min(1), value: z.number() });

const rowsOf = (flow: Flow): number => {
  const [first] = flow.values();
  return first === undefined ? 0 : first.column.values.length / sampleSize(first.column.facts.shape);
};

/** Zeros that are moved: a byte for each row. */
const constant = (name: string, value: number, rows: number): FlowColumn => ({
  column: {
    facts: {
      name,
      role: 'target',
      dtype: 'uint8',
      shape: [],
      min: 0,
      max: 0,
      mean: 0,
      std: 0,
      missing: 0,
    },
    values: new Uint8Array(rows),
  },
  transform: { kind: 'affine', scale: [1], offset: [value] },
});

export const constantColumn: Step<ConstantColumnState> = {
  fit(given, { block, from, flow }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    const { name, value } = checked.value;
    if (flow.has(name))
      return fail(
        'data/column',
        `${block}: the data have a column “${name}” already. Give the constant column another name.`,
      );
    return ok({ type: 'ConstantColumn', block, from, name, value });
  },

  apply: ({ name, value }, flow) => new Map(flow).set(name, constant(name, value, rowsOf(flow))),
};
