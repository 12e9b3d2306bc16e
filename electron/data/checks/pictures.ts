/** data/blank and data/channel-order: pictures of one single value, and grey pictures among or stored as coloured ones. */
import type { DataProblem } from '../../../shared/document/facts';
import { sampleSize } from '../statistics';
import { columnsOf, listed, type Check, type HeldColumn, type Looked } from './check';

const isPicture = ({ facts, values }: HeldColumn) => facts.shape.length >= 2 && !Array.isArray(values);

export const checkPictures: Check = (looked) =>
  columnsOf(looked.set, 'input')
    .filter(isPicture)
    .flatMap((column) => [...blank(looked, column), ...greyAsColour(looked, column)]);

/** Rows for which a test of the values from `start` to `end` holds. */
function rowsWhere(
  { facts, values }: HeldColumn,
  n: number,
  holds: (values: ArrayLike<number>, start: number, end: number) => boolean,
): number[] {
  const size = sampleSize(facts.shape);
  const found: number[] = [];
  if (Array.isArray(values)) return found;
  for (let row = 0; row < n; row++) if (holds(values, row * size, (row + 1) * size)) found.push(row);
  return found;
}

function isConstant(values: ArrayLike<number>, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) if (values[at] !== values[start]) return false;
  return true;
}

function blank({ set, place }: Looked, column: HeldColumn): DataProblem[] {
  const { n, source } = set.facts;
  const rows = rowsWhere(column, n, isConstant);
  if (rows.length === 0) return [];
  const message =
    rows.length === 1
      ? `${source}: ${place(rows[0])} is blank: all its pixels are equal.`
      : `${source}: ${rows.length.toLocaleString('en')} pictures are blank, all their pixels equal: ${listed(rows.map(place))}.`;
  return [{ code: 'data/blank', severity: 'warning', message }];
}

function isGrey(values: ArrayLike<number>, start: number, end: number): boolean {
  for (let at = start; at < end; at += 3)
    if (values[at] !== values[at + 1] || values[at] !== values[at + 2]) return false;
  return true;
}

function greyAsColour({ set, place }: Looked, column: HeldColumn): DataProblem[] {
  const { n, source } = set.facts;
  if (column.facts.shape.at(-1) !== 3 || column.facts.shape.length !== 3) return [];
  const rows = rowsWhere(column, n, isGrey);
  if (rows.length === 0) return [];
  const message =
    rows.length === n
      ? `${source}: all pictures are grey, but are stored with three equal channels.`
      : `${source}: ${rows.length.toLocaleString('en')} of ${n.toLocaleString('en')} pictures are grey, the others coloured: ${listed(rows.map(place))}.`;
  return [{ code: 'data/channel-order', severity: 'hint', message }];
}
