/** Parses a file of text into columns of cells. What the cells mean is decided elsewhere. */
import { createReadStream } from 'node:fs';
import { CsvError, Parser } from 'csv-parse';
import type { Problem, Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { ReaderContext } from '../reader';
import { stopped } from '../reader';
import { fileProblem } from '../source-file';
import { Cells } from './cells';
import { guessSeparation, WHITESPACE } from './delimiter';
import type { Separation } from './delimiter';
import { columnNames, guessHeader, ROWS_LOOKED_AT } from './header';
import { SpaceCollapser } from './spaces';
import type { TextFile } from './text-file';

export const MOST_COLUMNS = 10_000;
/** As numbers in memory: 800 MB. */
export const MOST_CELLS = 100_000_000;
/** A row longer than this is a quote that was never closed, or no table. */
const LONGEST_ROW = 4 * 1024 ** 2;

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
  /** Line of the last row that was taken. */
  lastLine = 0;

  constructor(
    private readonly file: TextFile,
    private readonly header: HeaderChoice,
    private readonly separation: Separation,
  ) {}

  add(cells: string[], line: number) {
    if (this.problem !== null) return;
    this.lastLine = line;
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
    return ok({ names, repeatedNames: repeated, hasHeader, separation, columns, n: lines.length, lines, ragged });
  }

  private begin() {
    this.begun = true;
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.hasHeader = this.header === 'auto' ? guessHeader(waiting.map(({ cells }) => cells)) : this.header === 'yes';
    const width = this.hasHeader ? waiting[0].cells.length : usualWidth(waiting.map(({ cells }) => cells.length));
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

export async function parseTable(file: TextFile, header: HeaderChoice, context: ReaderContext): Promise<Result<Table>> {
  const separation = guessSeparation(file.start);
  const builder = new TableBuilder(file, header, separation);
  const parser = new Parser({
    bom: true,
    delimiter: separation.delimiter === WHITESPACE ? ' ' : separation.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_ROW,
    on_record: (record: string[], info) => {
      builder.add(record, info.lines);
      return null;
    },
  });
  try {
    const whole = await feed(parser, file, separation, builder, context);
    if (!whole) return stopped(file.name);
  } catch (error) {
    return error instanceof CsvError ? parseProblem(error, file.name, builder.lastLine) : fileProblem(error, file.path);
  } finally {
    parser.destroy();
  }
  return builder.finish();
}

/** Answers false where the reading was stopped from outside. */
async function feed(
  parser: Parser,
  file: TextFile,
  { delimiter }: Separation,
  builder: TableBuilder,
  { signal, onProgress }: ReaderContext,
): Promise<boolean> {
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('end', resolve);
    parser.once('error', reject);
  });
  ended.catch(() => undefined);
  parser.resume();
  const spaces = delimiter === WHITESPACE ? new SpaceCollapser() : null;
  const encoding = spaces !== null || file.encoding !== 'utf8' ? file.encoding : undefined;
  const chunks = createReadStream(file.path, { encoding, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer | string>;
  let read = 0;
  for await (const chunk of chunks) {
    if (signal?.aborted) return false;
    if (builder.problem !== null) return true;
    await write(parser, spaces === null ? chunk : spaces.collapse(chunk.toString()));
    read += chunk.length;
    onProgress?.({ message: `Parsing ${file.name}`, done: Math.min(read, file.size), total: file.size });
  }
  parser.end();
  await ended;
  return true;
}

const write = (parser: Parser, chunk: Buffer | string): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });

function parseProblem(error: CsvError, name: string, lastLine: number): { ok: false; problem: Problem } {
  const place = lastLine === 0 ? `${name}, at its start` : `${name}, after line ${lastLine}`;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return fail('data/open-quote', `${place}: a quotation mark opens a cell and none closes it. Close it or take it out.`);
    case 'CSV_MAX_RECORD_SIZE': {
      const message = `${place}: a row is longer than 4 MB. Look for a quotation mark that is not closed, or for missing line breaks.`;
      return fail('data/row-too-long', message);
    }
    default:
      return fail('data/bad-csv', `${place}: the row cannot be read as CSV. Look for a stray quotation mark.`);
  }
}
