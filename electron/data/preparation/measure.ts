/** Measures a column as it flows, on the training part only. */
import type { Statistics } from '../statistics';
import { measuring, sampleSize } from '../statistics';
import { measuringTogether } from '../together';
import { oneOf, type Work } from '../work';
import type { Affine, FlowColumn } from './flow';

type Known = { [K in 'min' | 'max' | 'mean' | 'std']: number };

/** A picture is measured as a whole, a vector per value, a number by itself. */
const isMeasuredPerValue = (shape: readonly number[]): boolean => shape.length === 1;

function after({ min, max, mean, std }: Statistics, scale: number, offset: number): Known {
  const ends = [(min ?? 0) * scale + offset, (max ?? 0) * scale + offset];
  return {
    min: Math.min(...ends),
    max: Math.max(...ends),
    mean: (mean ?? 0) * scale + offset,
    std: (std ?? 0) * Math.abs(scale),
  };
}

export interface Measurable {
  column: FlowColumn;
  transform: Affine;
}

const isNumberEach = ({ column: { column }, transform }: Measurable): boolean =>
  column.facts.shape.length === 0 && transform.scale.length === 1;

/** For each column one result, or one per value of a vector; of the values after its `transform`. */
export function* measure(columns: readonly Measurable[], parts: Uint8Array): Work<Known[][]> {
  const found: Statistics[][] = columns.map(() => []);
  const numbers = columns.flatMap(({ column: { column } }, place) =>
    isNumberEach(columns[place]) && !Array.isArray(column.values) ? [{ place, values: column.values }] : [],
  );
  const measured = yield* measuringTogether(
    numbers.map(({ values }) => values),
    parts,
  );
  numbers.forEach(({ place }, i) => (found[place] = [measured[i]]));
  for (const [place, one] of columns.entries())
    if (!isNumberEach(one)) found[place] = yield* oneOf(measureArray(one, parts), place, columns.length);
  return columns.map(({ transform }, place) =>
    found[place].map((statistics, i) => {
      const at = transform.scale.length === 1 ? 0 : i;
      return after(statistics, transform.scale[at], transform.offset[at]);
    }),
  );
}

function* measureArray({ column: { column }, transform }: Measurable, parts: Uint8Array): Work<Statistics[]> {
  if (Array.isArray(column.values)) return [];
  const { shape } = column.facts;
  const perValue = isMeasuredPerValue(shape) || transform.scale.length > 1;
  return yield* measuring(column.values, { size: sampleSize(shape), parts, perValue });
}
