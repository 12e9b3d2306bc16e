/** Guesses what separates the cells of a table from its first lines. */

export const WHITESPACE = 'whitespace';
const CANDIDATES = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof CANDIDATES)[number] | typeof WHITESPACE;

const LINES = 50;

export interface Separation {
  delimiter: Delimiter;
  /** Numbers are written as 1,5. */
  decimalComma: boolean;
}

/** Lines of text, with line breaks inside quotes kept in the line. The last one may be cut off, so it is left out. */
function firstLines(start: string): string[] {
  const lines: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < start.length && lines.length < LINES; i++) {
    const character = start[i];
    if (character === '"') quoted = !quoted;
    if (quoted || (character !== '\n' && character !== '\r')) continue;
    if (i > from) lines.push(start.slice(from, i));
    from = i + 1;
  }
  if (lines.length === 0 || (lines.length < 2 && from < start.length)) lines.push(start.slice(from));
  return lines.filter((line) => line.trim() !== '');
}

function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (delimiter === WHITESPACE) return line.trim().split(/[ \t]+/);
  const cells: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    if (quoted || line[i] !== delimiter) continue;
    cells.push(line.slice(from, i));
    from = i + 1;
  }
  return [...cells, line.slice(from)];
}

const isNumber = (cell: string) => /^\s*"?[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?"?\s*$/i.test(cell);
const isCommaNumber = (cell: string) => /^\s*"?[+-]?\d+,\d+"?\s*$/.test(cell);

interface Score {
  delimiter: Delimiter;
  width: number;
  /** Share of lines that have the most frequent width. */
  agreement: number;
  /** Share of cells that are numbers. */
  numbers: number;
  commaNumbers: number;
}

function score(lines: readonly string[], delimiter: Delimiter): Score {
  const rows = lines.map((line) => cellsOf(line, delimiter));
  const frequency = new Map<number, number>();
  for (const row of rows) frequency.set(row.length, (frequency.get(row.length) ?? 0) + 1);
  const [width, times] = [...frequency].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  const cells = rows.flat();
  const commaNumbers = cells.filter(isCommaNumber).length;
  return {
    delimiter,
    width,
    agreement: times / rows.length,
    numbers: (cells.filter(isNumber).length + commaNumbers) / cells.length,
    commaNumbers,
  };
}

/**
 * The candidate whose lines agree best on a number of cells above one; among equals the one that leaves more numbers.
 * Whitespace only where the other marks divide nothing and most cells are numbers: a line of prose is one cell.
 */
export function guessSeparation(start: string): Separation {
  const lines = firstLines(start);
  if (lines.length === 0) return { delimiter: ',', decimalComma: false };
  const scores = CANDIDATES.map((candidate) => score(lines, candidate)).filter(({ width }) => width > 1);
  const best = scores.sort((a, b) => b.agreement * (1 + b.numbers) - a.agreement * (1 + a.numbers))[0];
  const spaces = score(lines, WHITESPACE);
  const spacesFit = spaces.width > 1 && spaces.agreement > 0.7 && spaces.numbers > 0.5;
  if (spacesFit && (best === undefined || (best.agreement < 0.5 && spaces.agreement > best.agreement))) {
    return { delimiter: WHITESPACE, decimalComma: false };
  }
  if (best === undefined) return { delimiter: ',', decimalComma: false };
  return { delimiter: best.delimiter, decimalComma: best.delimiter !== ',' && best.commaNumbers > 0 };
}
