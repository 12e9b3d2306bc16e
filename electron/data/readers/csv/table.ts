/** Parses a file of text into columns of cells. What the cells mean is decided elsewhere. */
import type { Problem, Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { ReaderContext } from '../reader';
import { Cells } from './cells';
import { guessSeparation } from './delimiter';
import type { Separation } from './delimiter';
import { columnNames, guessHeader, ROWS_LOOKED_AT } from './header';
import { readRecords } from './records';
import type { TextFile } from './text-file';

export const MOST_COLUMNS = 10_000;
/** As numbers in memory: 800 MB. */
export const MOST_CELLS = 100_000_000;
export const TOO_LARGE = 'data/too-large';

export interface RaggedRow {
  row: number;
  line: number;
  cells: number;
}

export interface TableHead {
  names: string[];
  repeatedNames: string[];
  hasHeader: boolean;
  separation: Separation;
}

export interface Table extends TableHead {
  columns: Cells[];
  n: number;
  /** Line of the file, counted from 1, of each row. */
  lines: number[];
  ragged: RaggedRow[];
}

export type HeaderChoice = 'auto' | 'yes' | 'no';

/** Where the rows of a table go. */
export interface TableRows {
  /** How many have come. */
  readonly n: number;
  /** Before the first row. Why there is no need to go on, or null. */
  begin(names: readonly string[], separation: Separation): Problem | null;
  /** May have more or fewer cells than there are columns. Why it cannot be taken, or null. */
  take(cells: readonly string[], line: number): Problem | null;
}

/** Takes records as they are parsed; the first ones wait until it is clear whether there is a header. */
class TableBuilder {
  private waiting: { cells: string[]; line: number }[] = [];
  private begun = false;
  private width = 0;
  private names: { names: string[]; repeated: string[] } = { names: [], repeated: [] };
  private hasHeader = false;
  problem: Problem | null = null;

  constructor(
    private readonly file: TextFile,
    private readonly header: HeaderChoice,
    private readonly separation: Separation,
    private readonly rows: TableRows,
  ) {}

  /** Answers whether more are wanted. */
  add(cells: string[], line: number): boolean {
    if (this.problem === null) this.take(cells, line);
    return this.problem === null;
  }

  private take(cells: string[], line: number) {
    if (cells.length > MOST_COLUMNS) return this.refuseWidth(cells.length, line);
    if (this.begun) return this.push(cells, line);
    this.waiting.push({ cells, line });
    if (this.waiting.length > ROWS_LOOKED_AT) this.begin();
  }

  finish(): Result<TableHead> {
    if (!this.begun) this.begin();
    if (this.problem !== null) return { ok: false, problem: this.problem };
    const { hasHeader, separation } = this;
    if (this.rows.n === 0) {
      const message = hasHeader
        ? `${this.file.name} has a line of column names and no rows below it. Add rows; if line 1 is a row, set Header to no.`
        : `${this.file.name} has no rows. Choose a file with data in it.`;
      return fail('data/no-rows', message);
    }
    const { names, repeated } = this.names;
    return ok({ names, repeatedNames: repeated, hasHeader, separation });
  }

  private begin() {
    this.begun = true;
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.hasHeader =
      this.header === 'auto' ? guessHeader(waiting.map(({ cells }) => cells)) : this.header === 'yes';
    this.width = this.hasHeader
      ? waiting[0].cells.length
      : usualWidth(waiting.map(({ cells }) => cells.length));
    this.names = columnNames(this.hasHeader ? waiting[0].cells : null, this.width);
    this.problem = this.rows.begin(this.names.names, this.separation);
    for (const { cells, line } of this.hasHeader ? waiting.slice(1) : waiting) this.push(cells, line);
    this.waiting = [];
  }

  private refuseWidth(width: number, line: number) {
    const message =
      `${this.file.name}, line ${line}: ${width} columns; up to 10,000 are read. ` +
      'Check that each row ends with a line break, or keep fewer columns.';
    this.problem = { code: 'data/too-many-columns', message };
  }

  private push(cells: string[], line: number) {
    if (cells.length !== this.width && cells.length === 1 && cells[0] === '') return;
    if (this.problem === null) this.problem = this.rows.take(cells, line);
  }
}

/** The rows of a table that fits into memory. */
class RowsInMemory implements TableRows {
  readonly columns: Cells[] = [];
  readonly lines: number[] = [];
  readonly ragged: RaggedRow[] = [];

  constructor(private readonly name: string) {}

  get n(): number {
    return this.lines.length;
  }

  begin(names: readonly string[], { decimalComma }: Separation): null {
    for (let i = 0; i < names.length; i++) this.columns.push(new Cells(decimalComma));
    return null;
  }

  take(cells: readonly string[], line: number): Problem | null {
    const width = this.columns.length;
    if (cells.length !== width) this.ragged.push({ row: this.n, line, cells: cells.length });
    for (let i = 0; i < width; i++) this.columns[i].push(cells[i] ?? '');
    this.lines.push(line);
    return this.n * width <= MOST_CELLS ? null : tooManyCells(this.name);
  }
}

const tooManyCells = (name: string): Problem => ({
  code: TOO_LARGE,
  message: `${name} has more than 100 million cells. Keep fewer rows or columns.`,
});

function usualWidth(widths: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const width of widths) frequency.set(width, (frequency.get(width) ?? 0) + 1);
  return [...frequency].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0][0];
}

/** Gives the rows of a file to whoever takes them. */
export async function parseInto(
  rows: TableRows,
  file: TextFile,
  header: HeaderChoice,
  context: ReaderContext,
): Promise<Result<TableHead>> {
  const separation = guessSeparation(file.start);
  const builder = new TableBuilder(file, header, separation, rows);
  const take = (cells: string[], line: number) => builder.add(cells, line);
  const read = await readRecords(file, separation.delimiter, take, context);
  return read.ok ? builder.finish() : read;
}

/** Problems: `TOO_LARGE` where it has more than `MOST_CELLS`. */
export async function parseTable(
  file: TextFile,
  header: HeaderChoice,
  context: ReaderContext,
): Promise<Result<Table>> {
  const rows = new RowsInMemory(file.name);
  const head = await parseInto(rows, file, header, context);
  if (!head.ok) return head;
  const { columns, lines, ragged, n } = rows;
  return ok({ ...head.value, columns, lines, ragged, n });
}
