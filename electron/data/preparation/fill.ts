/** Fills empty cells of inputs: with the mean of the training part, or with its most frequent class. */
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataColumn } from '../data-set';
import { partIndex } from '../data-set';
import type { Numbers } from '../numbers';
import { measuring, sampleSize } from '../statistics';
import { measuringTogether, together } from '../together';
import { isHeld, isOnDisk, stretches, typeOfNumbers, type NumberValues } from '../values';
import type { Work } from '../work';

/** Of each column of class indices the most frequent class; where two are equally frequent the first one. */
function* mostFrequent(columns: readonly Fillable[], parts: Uint8Array): Work<(number | null)[]> {
  const counts = columns.map(({ classes }) => new Array<number>(classes.length).fill(0));
  const groups = together(columns.map(({ values }) => values));
  for (const [i, { values, places }] of groups.entries()) {
    const width = places.length;
    for (const { row, values: some } of stretches(values, width)) {
      for (let at = 0; at < some.length; at++)
        if (parts[row + Math.floor(at / width)] === partIndex.train && some[at] >= 0)
          counts[places[at % width]][some[at]] += 1;
      yield (i + (row * width) / values.length) / groups.length;
    }
  }
  return counts.map((times) => {
    const most = Math.max(...times);
    return most > 0 ? times.indexOf(most) : null;
  });
}

interface Fillable {
  values: NumberValues;
  classes: readonly string[];
}

/** Empty cells of inputs. */
const isFilled = ({ facts, values }: DataColumn): boolean =>
  facts.missing > 0 && facts.role === 'input' && !Array.isArray(values);

/** Measures what stands in for the empty cells of each column; undefined where none is empty. */
export function* measureFills(
  columns: readonly DataColumn[],
  source: string,
  parts: Uint8Array,
): Work<Result<(number | undefined)[]>> {
  const chosen = columns.flatMap(({ facts, values }, place) =>
    isFilled(columns[place]) && !Array.isArray(values)
      ? [{ place, values, shape: facts.shape, classes: facts.classes ?? null }]
      : [],
  );
  const classes = chosen.flatMap((one) => (one.classes ? [{ ...one, classes: one.classes }] : []));
  const numbers = chosen.filter((one) => one.classes === null && one.shape.length === 0);
  const arrays = chosen.filter((one) => one.classes === null && one.shape.length > 0);
  const found = new Map<number, number | null>();
  const frequent = yield* mostFrequent(classes, parts);
  classes.forEach(({ place }, i) => found.set(place, frequent[i]));
  const measured = yield* measuringTogether(
    numbers.map(({ values }) => values),
    parts,
  );
  numbers.forEach(({ place }, i) => found.set(place, measured[i].mean));
  for (const { place, values, shape } of arrays) {
    const [{ mean }] = yield* measuring(values, { size: sampleSize(shape), parts });
    found.set(place, mean);
  }
  for (const [place, fill] of found)
    if (fill === null)
      return fail(
        'data/missing',
        `${source}, column ${columns[place].facts.name}: the training part holds no value, so nothing can stand in for the empty cells. Leave the column out.`,
      );
  return ok(columns.map((_, place) => found.get(place) ?? undefined));
}

/** The column without empty cells. The values of the source stay as they are. */
export function filled(column: DataColumn, fill: number): DataColumn {
  const { facts, values } = column;
  if (Array.isArray(values)) return column;
  const fillIn = (some: Numbers): Numbers => {
    if (some instanceof Int32Array) return some.map((index) => (index < 0 ? fill : index));
    return some instanceof Float32Array ? some.map((value) => (Number.isFinite(value) ? value : fill)) : some;
  };
  if (isHeld(values)) return { facts, values: fillIn(values) };
  return {
    facts: { ...facts, missing: 0 },
    values: values.changed({ from: 1, to: 1, type: values.type, of: fillIn }),
  };
}

/** Rows whose value is missing. On the disk they are looked for only where the facts say that there are some. */
export function rowsMissing({ facts, values }: DataColumn): number[] {
  const rows: number[] = [];
  if (Array.isArray(values) || (isOnDisk(values) && facts.missing === 0)) return rows;
  const type = typeOfNumbers(values);
  if (type === 'uint8' || (type === 'int32' && !facts.classes)) return rows;
  const isMissing =
    type === 'int32' ? (value: number) => value < 0 : (value: number) => !Number.isFinite(value);
  const size = sampleSize(facts.shape);
  for (const { row, values: some } of stretches(values, size))
    some.forEach((value, i) => {
      if (isMissing(value)) rows.push(row + Math.floor(i / size));
    });
  return rows;
}

/** “row 3, 7 and 12 more”, counted from 1 among the rows that were read. */
export function rowsText(rows: readonly number[]): string {
  const shown = rows
    .slice(0, 5)
    .map((row) => row + 1)
    .join(', ');
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''}`;
}
