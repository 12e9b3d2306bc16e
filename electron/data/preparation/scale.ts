/** Scale: maps the training part's least…greatest to low…high; bytes map 0…255, whatever the pictures hold. */
import { z } from 'zod';
import type { ScaleState } from '../../../shared/document/preparation';
import { fail, ok } from '../../../shared/result';
import type { Work } from '../work';
import { allNumbers, chooseColumns, isNumeric, transformed } from './flow';
import { measure, type Measurable } from './measure';
import type { Step } from './step';
import { stepParams } from './step';

const params = z.object({
  columns: z.array(z.string()).default([]),
  low: z.number().default(0),
  high: z.number().default(1),
});

const GREATEST_BYTE = 255;

interface Range {
  min: number[];
  max: number[];
}

/** null where it is to be measured. */
function byteRange({ column, transform }: Measurable): Range | null {
  if (column.column.facts.dtype !== 'uint8' || transform.scale.length > 1) return null;
  const ends = [transform.offset[0], GREATEST_BYTE * transform.scale[0] + transform.offset[0]];
  return { min: [Math.min(...ends)], max: [Math.max(...ends)] };
}

function* ranges(columns: readonly Measurable[], parts: Uint8Array): Work<Range[]> {
  const known = columns.map(byteRange);
  const measured = yield* measure(
    columns.filter((_, i) => known[i] === null),
    parts,
  );
  return known.map((range) => {
    const found = range === null ? measured.shift() : undefined;
    return range ?? { min: found?.map(({ min }) => min) ?? [], max: found?.map(({ max }) => max) ?? [] };
  });
}

/** A column without spread has nothing to stretch: all of it becomes `low`. */
const factor = (min: number, max: number, low: number, high: number) =>
  max > min ? (high - low) / (max - min) : 0;

export const scale: Step<ScaleState> = {
  *fit(given, { block, from, flow, parts }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    const { columns: names, low, high } = checked.value;
    if (low >= high)
      return fail('data/bad-parameter', `${block}: low is ${low} and high is ${high}. Set low below high.`);
    const chosen = chooseColumns(flow, block, names, (facts) => facts.role === 'input' && isNumeric(facts));
    if (!chosen.ok) return chosen;
    const numbers = allNumbers(block, chosen.value);
    if (!numbers.ok) return numbers;
    const found = yield* ranges(numbers.value, parts);
    const columns = chosen.value.map(({ name }, i) => ({ name, ...found[i] }));
    return ok({ type: 'Scale', block, from, low, high, columns });
  },

  apply({ columns, low, high }, flow) {
    const steps = columns.map(({ name, min, max }) => {
      const factors = min.map((least, i) => factor(least, max[i], low, high));
      return {
        name,
        by: { kind: 'affine', scale: factors, offset: factors.map((f, i) => low - min[i] * f) } as const,
      };
    });
    return transformed(flow, steps);
  },
};
