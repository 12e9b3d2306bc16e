/** Measures a column as it flows, on the training part only. */
import type { Statistics } from '../statistics';
import { sampleSize, statisticsOf } from '../statistics';
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

/** One result, or one per value of a vector; of the values after `transform`. */
export function measure({ column }: FlowColumn, transform: Affine, parts: Uint8Array): Known[] {
  if (Array.isArray(column.values)) return [];
  const { shape } = column.facts;
  const perValue = isMeasuredPerValue(shape) || transform.scale.length > 1;
  const measured = statisticsOf(column.values, { size: sampleSize(shape), parts, perValue });
  return measured.map((statistics, i) => {
    const place = transform.scale.length === 1 ? 0 : i;
    return after(statistics, transform.scale[place], transform.offset[place]);
  });
}
