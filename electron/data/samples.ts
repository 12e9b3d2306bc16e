/** Shows one sample of a data set as a person sees it: a picture where there is one, else the cells of the row. */
import type { SampleView } from '../../shared/protocol/samples';
import type { DataColumn, DataSet } from './data-set';
import { sampleSize } from './statistics';

const SHOWN_VALUES = 8;

function isPicture({ facts }: DataColumn): boolean {
  const [height, width, channels = 1] = facts.shape;
  const isFlat = facts.shape.length === 2 || (facts.shape.length === 3 && [1, 3, 4].includes(channels));
  return facts.role === 'input' && facts.dtype !== 'string' && isFlat && height > 1 && width > 1;
}

function sampleValues(
  { facts, values }: DataColumn,
  index: number,
): Uint8Array | Int32Array | Float32Array | string[] {
  const size = sampleSize(facts.shape);
  return Array.isArray(values)
    ? values.slice(index, index + 1)
    : values.subarray(index * size, (index + 1) * size);
}

/** Bytes as they are; other numbers from the column's least (0) to its greatest (255). */
function pixelsOf(column: DataColumn, index: number): Uint8Array {
  const values = sampleValues(column, index);
  if (values instanceof Uint8Array) return values;
  if (Array.isArray(values)) return new Uint8Array();
  const { min, max } = column.facts;
  const range = (max ?? 1) - (min ?? 0);
  return Uint8Array.from(values, (value) =>
    range > 0 ? Math.round(((value - (min ?? 0)) / range) * 255) : 0,
  );
}

/** Seven digits are what float32 holds. */
const numberText = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(7))) : '';

/** The cells of a column for one sample, as text: the class name, the number, or the first values of a vector. */
export function cellText(column: DataColumn, index: number): string {
  const { classes } = column.facts;
  const values = sampleValues(column, index);
  if (Array.isArray(values)) return values[0];
  if (classes && values.length === 1) return classes[values[0]] ?? '';
  const shown = Array.from(values.subarray(0, SHOWN_VALUES), numberText).join(', ');
  return values.length > SHOWN_VALUES ? `${shown}, …` : shown;
}

/** `index` is a row of the source, from 0 to `facts.n` − 1. */
export function describeSample({ columns, lines }: DataSet, index: number): SampleView {
  const target = columns.find(({ facts }) => facts.role === 'target');
  const label = target && cellText(target, index);
  const picture = columns.find(isPicture);
  if (picture) {
    const [height, width, channels = 1] = picture.facts.shape;
    const pixels = Buffer.from(pixelsOf(picture, index)).toString('base64');
    return { kind: 'picture', width, height, channels, pixels, label };
  }
  const cells = columns
    .filter((column) => column !== target)
    .map((column) => ({ column: column.facts.name, text: cellText(column, index) }));
  return { kind: 'row', cells, label, line: lines?.subarray(index, index + 1)[0] };
}
