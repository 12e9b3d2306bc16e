/** Owns what a check of decoded data is, and how it names the cases that it found. */
import type { DataProblem, Part } from '../../../shared/document/facts';
import type { DataColumn, DataSet } from '../data-set';
import type { HeldValues } from '../values';

export interface HeldColumn extends DataColumn {
  values: HeldValues;
}

export interface Looked {
  /** The rows that are looked at. */
  set: Omit<DataSet, 'columns'> & { columns: HeldColumn[] };
  /** What a person calls a row: `line 12` of a table, `picture 12` of a folder. */
  place: (row: number) => string;
}

export const PART_NAMES: Record<Part, string> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
};

export type Check = (looked: Looked) => DataProblem[];

const SHOWN = 3;

/** `line 3, line 8, line 9 and 12 more`. */
export function listed(places: readonly string[], count = places.length): string {
  const rest = count - Math.min(SHOWN, places.length);
  const shown = places.slice(0, SHOWN).join(', ');
  return rest > 0 ? `${shown} and ${rest.toLocaleString('en')} more` : shown;
}

export const columnsOf = (
  { columns }: { columns: HeldColumn[] },
  role: DataColumn['facts']['role'],
): HeldColumn[] => columns.filter((column) => column.facts.role === role);
