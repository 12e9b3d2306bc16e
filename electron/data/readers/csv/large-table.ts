/**
 * Prepares a table that does not fit into memory: its cells are written to the cache while it is read, and become rows of
 * 32-bit numbers at the same place once it is known what each column holds. The target stays in memory.
 */
import type { DataProblem } from '../../../../shared/document/facts';
import type { Problem, Result } from '../../../../shared/result';
import { ok } from '../../../../shared/result';
import { countedClassColumn, numberColumn } from '../../columns';
import type { DataColumn } from '../../data-set';
import { openRows, RowsWriter } from '../../row-store';
import type { Statistics } from '../../statistics';
import { measuringTogether } from '../../together';
import type { NumberValues } from '../../values';
import { inStretches, type Work } from '../../work';
import type { ReaderContext } from '../reader';
import { codeIn } from './cell-counter';
import { ClassCounter } from './class-counter';
import { decideInput, decideTarget } from './column-kind';
import { Flaws, type JudgedColumn } from './flaws';
import { preparedTable, type PreparedColumns, type PreparedTable } from './prepared-columns';
import { ProblemLog } from './problems';
import { reportClasses, reportColumns } from './report-columns';
import { RowsOnDisk } from './rows-on-disk';
import { parseInto, type HeaderChoice, type TableHead } from './table';
import type { TextFile } from './text-file';
import { nothingLeft, type Choices } from './typed-columns';

export interface LargeTable {
  columns: DataColumn[];
  n: number;
  problems: DataProblem[];
  table: PreparedTable;
}

interface Request extends Omit<Choices, 'target'> {
  header: HeaderChoice;
  target: (names: readonly string[]) => Result<number>;
  /** Of the prepared rows in the cache. */
  key: string;
  cacheFolder: string;
  /** Bytes of the cells of all rows, about. */
  bytes: number;
}

/** What was prepared before; null where there is nothing, or it is not whole. */
export async function openTable(cacheFolder: string, key: string): Promise<PreparedTable | null> {
  const rows = await openRows(cacheFolder, key);
  return rows && preparedTable(rows);
}

export async function prepareTable(
  file: TextFile,
  request: Request,
  context: ReaderContext,
): Promise<Result<LargeTable>> {
  const { cacheFolder, key, bytes } = request;
  const begun = await RowsWriter.begin(cacheFolder, key, file.name, bytes);
  if (!begun.ok) return begun;
  const writer = begun.value;
  try {
    const rows = new RowsOnDisk(writer, request.target);
    const head = await parseInto(rows, file, request.header, context);
    if (!head.ok) return head;
    const flushed = rows.flush();
    if (flushed !== null) return { ok: false, problem: flushed };
    const target = request.target(head.value.names);
    if (!target.ok) return target;
    return await new Settling(rows, writer, head.value, { ...request, target: target.value }).run(context);
  } finally {
    await writer.discard();
  }
}

interface Column extends JudgedColumn {
  counter: ClassCounter | null;
  /** On the disk, or in memory as the target is; texts are nowhere. */
  held: Float32Array | null;
}

/** From cells to rows of numbers. */
class Settling {
  private readonly log: ProblemLog;
  private readonly columns: Column[];
  private readonly flaws: Flaws;
  /** Places of the columns that go to the disk. */
  private readonly written: number[];
  private n = 0;

  constructor(
    private readonly rows: RowsOnDisk,
    private readonly writer: RowsWriter,
    private readonly head: TableHead,
    private readonly choices: Choices,
  ) {
    this.log = new ProblemLog(choices.source);
    this.columns = rows.columns.map((cells, place): Column => {
      const name = head.names[place];
      const isTarget = place === choices.target;
      const decision = isTarget ? decideTarget(cells, choices.task) : decideInput(cells, name);
      const judged = { name, decision, texts: cells.texts };
      const { kind } = decision.kind;
      const isHeld = isTarget && (kind === 'numbers' || kind === 'classes');
      return {
        ...judged,
        counter: kind === 'classes' ? new ClassCounter(cells, judged) : null,
        held: isHeld ? new Float32Array(rows.n) : null,
      };
    });
    this.flaws = new Flaws(this.columns, choices.missing);
    this.written = [...this.columns.keys()].filter((place) => {
      const { held, decision } = this.columns[place];
      return held === null && (decision.kind.kind === 'numbers' || decision.kind.kind === 'classes');
    });
  }

  async run(context: ReaderContext): Promise<Result<LargeTable>> {
    const { source } = this.choices;
    reportColumns(this.head.repeatedNames, this.columns, this.log, true);
    const settled = await inStretches(this.settle(), 'Preparing', source, context);
    if (!settled.ok) return settled;
    if (settled.value !== null) return { ok: false, problem: settled.value };
    this.flaws.report(this.log);
    if (this.n === 0) return nothingLeft(source, this.log);
    const about: PreparedColumns = this.written.map((place) => {
      const { name, counter } = this.columns[place];
      return { name, ...(counter && { classes: counter.found().indices }) };
    });
    const rows = await this.writer.finish(this.n, this.written.length + 1, about);
    if (!rows.ok) return rows;
    const table = preparedTable(rows.value);
    if (table === null) throw new Error('the rows are not those that were written');
    const measured = await inStretches(this.measure(table), 'Looking through', source, context);
    if (!measured.ok) return measured;
    reportClasses(measured.value, this.log);
    return ok({ columns: measured.value, n: this.n, problems: this.log.list(), table });
  }

  /** Reads the cells once more and writes the rows before them, which are shorter. Problems: of the disk. */
  private *settle(): Work<Problem | null> {
    const { rows, writer } = this;
    const width = this.written.length + 1;
    let [read, ragged] = [0, 0];
    for (const cells of rows.again()) {
      const count = cells.length / rows.width;
      const numbers = new Float32Array(count * width);
      const lines = new Int32Array(numbers.buffer);
      let kept = 0;
      for (let from = 0; from < cells.length; from += rows.width) {
        const line = Math.abs(cells[from]);
        const isRagged = cells[from] < 0;
        if (isRagged) this.flaws.takeRagged(rows.raggedCells[ragged++] ?? 0, line);
        const isUsable = isRagged ? false : this.isUsable(cells, from + 1, line);
        if (!isUsable && this.choices.missing === 'drop') continue;
        const to = kept * width;
        lines[to] = line;
        this.written.forEach((place, i) => {
          numbers[to + 1 + i] = this.numberOf(place, cells[from + 1 + place]);
        });
        for (const [place, { held }] of this.columns.entries())
          if (held !== null) held[this.n + kept] = this.numberOf(place, cells[from + 1 + place]);
        kept += 1;
      }
      const bytes = new Uint8Array(numbers.buffer, 0, kept * width * numbers.BYTES_PER_ELEMENT);
      const problem = writer.write(bytes, this.n * width * numbers.BYTES_PER_ELEMENT);
      if (problem !== null) return problem;
      this.n += kept;
      read += count;
      yield read / rows.n;
    }
    return null;
  }

  private isUsable(cells: Float64Array, from: number, line: number): boolean {
    let isUsable = true;
    for (const place of this.flaws.suspects)
      if (!this.flaws.take(place, codeIn(cells[from + place]), line)) isUsable = false;
    return isUsable;
  }

  private numberOf(place: number, written: number): number {
    const { counter } = this.columns[place];
    if (counter !== null) return counter.take(written);
    return codeIn(written) === 0 ? written : NaN;
  }

  private *measure(table: PreparedTable): Work<DataColumn[]> {
    const chosen = this.columns.flatMap((column) => {
      const values = column.held ? this.asNumbers(column, column.held) : table.numbers.get(column.name);
      return values === undefined ? [] : [{ column, values }];
    });
    const measured = yield* measuringTogether(chosen.map(({ values }) => values));
    return chosen.map(({ column }, i) => this.columnOf(column, measured[i], table));
  }

  /** As they are measured: what is missing is not finite. */
  private asNumbers({ counter }: Column, held: Float32Array): Float32Array {
    const values = held.subarray(0, this.n);
    const indices = counter?.found().indices;
    return indices === undefined ? values : values.map((index) => inOrder(indices, index));
  }

  private columnOf(column: Column, statistics: Statistics, table: PreparedTable): DataColumn {
    const { name, decision, counter, held } = column;
    const description = { name, role: decision.role };
    const numbers = held && this.asNumbers(column, held);
    if (counter === null) return numberColumn(description, stored(numbers, table, name), [statistics]);
    const indices = numbers && Int32Array.from(numbers, (index) => (Number.isNaN(index) ? -1 : index));
    return countedClassColumn(description, stored(indices, table, name), counter.found(), statistics);
  }
}

const inOrder = (indices: readonly number[], written: number): number => {
  const index = indices[written] ?? -1;
  return index < 0 ? NaN : index;
};

function stored(held: NumberValues | null, { values }: PreparedTable, name: string): NumberValues {
  const found = held ?? values.get(name);
  if (found === undefined) throw new Error(`the column ${name} was not written`);
  return found;
}
