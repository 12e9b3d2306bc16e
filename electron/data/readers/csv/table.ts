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

export interface RaggedRow {
  row: number;
  line: number;
  cells: number;
}

export interface Table {
  names: string[];
  repeatedNames: string[];
  hasHeader: boolean;
  separation: Separation;
  columns: Cells[];
  n: number;
  /** Line of the file, counted from 1, of each row. */
  lines: number[];
  ragged: RaggedRow[];
}

export type HeaderChoice = 'auto' | 'yes' | 'no';

/** Takes records as they are parsed; the first ones wait until it is clear whether there is a header. */
class TableBuilder {
  private waiting: { cells: string[]; line: number }[] = [];
  private begun = false;
  private names: { names: string[]; repeated: string[] } = { names: [], repeated: [] };
  private hasHeader = false;
  private readonly columns: Cells[] = [];
  private readonly lines: number[] = [];
  private readonly ragged: RaggedRow[] = [];
  problem: Problem | null = null;

  constructor(
    private readonly file: TextFile,
    private readonly header: HeaderChoice,
    private readonly separation: Separation,
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

  finish(): Result<Table> {
    if (!this.begun) this.begin();
    if (this.problem !== null) return { ok: false, problem: this.problem };
    if (this.lines.length === 0) {
      const message = this.hasHeader
        ? `${this.file.name} has a line of column names and no rows below it. Add rows; if line 1 is a row, set Header to no.`
        : `${this.file.name} has no rows. Choose a file with data in it.`;
      return fail('data/no-rows', message);
    }
    const { names, repeated } = this.names;
    const { columns, lines, ragged, hasHeader, separation } = this;
    return ok({
      names,
      repeatedNames: repeated,
      hasHeader,
      separation,
      columns,
      n: lines.length,
      lines,
      ragged,
    });
  }

  private begin() {
    this.begun = true;
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.hasHeader =
      this.header === 'auto' ? guessHeader(waiting.map(({ cells }) => cells)) : this.header === 'yes';
    const width = this.hasHeader
      ? waiting[0].cells.length
      : usualWidth(waiting.map(({ cells }) => cells.length));
    this.names = columnNames(this.hasHeader ? waiting[0].cells : null, width);
    for (let i = 0; i < width; i++) this.columns.push(new Cells(this.separation.decimalComma));
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
    const width = this.columns.length;
    if (cells.length !== width) {
      if (cells.length === 1 && cells[0] === '') return;
      this.ragged.push({ row: this.lines.length, line, cells: cells.length });
    }
    for (let i = 0; i < width; i++) this.columns[i].push(cells[i] ?? '');
    this.lines.push(line);
    if (this.lines.length * width > MOST_CELLS) {
      const message = `${this.file.name} has more than 100 million cells. Keep fewer rows or columns.`;
      this.problem = { code: 'data/too-large', message };
    }
  }
}

function usualWidth(widths: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const width of widths) frequency.set(width, (frequency.get(width) ?? 0) + 1);
  return [...frequency].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0][0];
}

export async function parseTable(
  file: TextFile,
  header: HeaderChoice,
  context: ReaderContext,
): Promise<Result<Table>> {
  const separation = guessSeparation(file.start);
  const builder = new TableBuilder(file, header, separation);
  const read = await readRecords(
    file,
    separation.delimiter,
    (cells, line) => builder.add(cells, line),
    context,
  );
  return read.ok ? builder.finish() : read;
}
