/**
 * Owns what flows along dataset wires while data are prepared: the columns of a source and what has been decided to do
 * with them. Nothing is calculated before the arrays are put together, so pictures stay bytes.
 */
import type { ColumnFacts } from '../../../shared/document/facts';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataColumn } from '../data-set';

/** new = old × scale + offset, with one pair for all values of a sample or one pair per value. */
export interface Affine {
  kind: 'affine';
  scale: readonly number[];
  offset: readonly number[];
}
export type Transform = Affine | { kind: 'one-hot'; width: number };

export interface FlowColumn {
  /** As the source has it, empty cells filled in. */
  column: DataColumn;
  transform: Transform;
}

/** The columns that leave a block, by name, in the order of the source. */
export type Flow = ReadonlyMap<string, FlowColumn>;

export const UNCHANGED: Affine = { kind: 'affine', scale: [1], offset: [0] };

export const isNumeric = ({ dtype, classes }: ColumnFacts): boolean =>
  dtype !== 'string' && classes === undefined;

/** `second` after `first`. */
export function compose(first: Affine, second: Affine): Affine {
  const length = Math.max(first.scale.length, second.scale.length);
  const at = (values: readonly number[], i: number) => values[values.length === 1 ? 0 : i];
  const places = Array.from({ length }, (_, i) => i);
  return {
    kind: 'affine',
    scale: places.map((i) => at(first.scale, i) * at(second.scale, i)),
    offset: places.map((i) => at(first.offset, i) * at(second.scale, i) + at(second.offset, i)),
  };
}

/** The columns that a step names, else those that `isDefault` chooses. */
export function chooseColumns(
  flow: Flow,
  block: string,
  names: readonly string[],
  isDefault: (facts: ColumnFacts) => boolean,
): Result<{ name: string; chosen: FlowColumn }[]> {
  const chosen: { name: string; chosen: FlowColumn }[] = [];
  for (const name of names.length > 0 ? names : flow.keys()) {
    const found = flow.get(name);
    if (found === undefined) {
      return fail(
        'data/no-column',
        `${block}: the data have no column “${name}”. They have ${[...flow.keys()].slice(0, 8).join(', ')}.`,
      );
    }
    if (names.length > 0 || isDefault(found.column.facts)) chosen.push({ name, chosen: found });
  }
  return ok(chosen);
}

/** The columns that are about to be scaled with what is done to them already, or the sentence why one is not scaled. */
export function allNumbers(
  block: string,
  columns: readonly { name: string; chosen: FlowColumn }[],
): Result<{ column: FlowColumn; transform: Affine }[]> {
  const numbers: { column: FlowColumn; transform: Affine }[] = [];
  for (const { name, chosen } of columns) {
    const transform = numbersOf(block, name, chosen);
    if (!transform.ok) return transform;
    numbers.push({ column: chosen, transform: transform.value });
  }
  return ok(numbers);
}

function numbersOf(block: string, name: string, { column, transform }: FlowColumn): Result<Affine> {
  if (column.facts.dtype !== 'string' && transform.kind === 'affine') return ok(transform);
  const what = column.facts.dtype === 'string' ? 'text' : 'one-hot classes';
  return fail(
    'data/not-numbers',
    `${block}: column “${name}” holds ${what}, which have no size to change. Take it out of the step's columns.`,
  );
}

/** The flow after the given columns were transformed further. Columns that are not there are passed over. */
export function transformed(flow: Flow, steps: readonly { name: string; by: Affine }[]): Flow {
  const after = new Map(flow);
  for (const { name, by } of steps) {
    const before = flow.get(name);
    if (before?.transform.kind === 'affine')
      after.set(name, { ...before, transform: compose(before.transform, by) });
  }
  return after;
}
