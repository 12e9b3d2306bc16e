/** Decides whether the first row names the columns, and makes the names unique. */
import { isNotANumberWord } from './words';

/** How many rows are looked at before the decision. */
export const ROWS_LOOKED_AT = 200;

const looksNumeric = (cell: string) => cell !== '' && Number.isFinite(Number(cell.replace(',', '.')));
const isWord = (cell: string) => cell !== '' && !looksNumeric(cell) && !isNotANumberWord(cell);

/**
 * In a table with number columns: a header is a first row that holds words above most of them. In a table of words
 * only: a first row whose cells never occur below it, while the cells below repeat.
 */
export function guessHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (rest.length === 0) return first.every((cell) => isWord(cell));
  const below = first.map((_, i) => rest.map((row) => row[i] ?? '').filter((cell) => cell !== ''));
  const numeric = first.map((_, i) => i).filter((i) => isMostlyNumbers(below[i]));
  if (numeric.length > 0) return numeric.filter((i) => isWord(first[i])).length * 2 > numeric.length;
  const seenBelow = first.some((cell, i) => below[i].includes(cell));
  const repeats = below.some((cells) => new Set(cells).size < cells.length);
  return !seenBelow && repeats && first.every((cell) => isWord(cell)) && new Set(first).size === first.length;
}

const isMostlyNumbers = (cells: readonly string[]) =>
  cells.length > 0 && cells.filter(looksNumeric).length * 2 > cells.length;

export interface Names {
  names: string[];
  /** Names that were given more than once, and that were made unique. */
  repeated: string[];
}

/** `column_1`… where nothing names a column; the second `size` becomes `size_2`. */
export function columnNames(header: readonly string[] | null, width: number): Names {
  const given = Array.from({ length: width }, (_, i) => header?.[i]?.trim() || `column_${i + 1}`);
  const taken = new Set(given);
  const used = new Set<string>();
  const repeated = new Set<string>();
  const names = given.map((name) => {
    let unique = name;
    if (used.has(name)) {
      repeated.add(name);
      for (let k = 2; taken.has(unique) || used.has(unique); k++) unique = `${name}_${k}`;
    }
    used.add(unique);
    return unique;
  });
  return { names, repeated: [...repeated] };
}
