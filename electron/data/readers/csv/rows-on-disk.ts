/**
 * Takes the rows of a table that does not fit into memory: their cells go to the disk as they come, 64 bits each, because
 * what a column holds is known only when all of it was seen. What is kept in memory does not grow with the rows.
 */
import type { Problem, Result } from '../../../../shared/result';
import type { RowsWriter } from '../../row-store';
import { CellCounter } from './cell-counter';
import type { Separation } from './delimiter';
import { SHOWN } from './problems';
import type { TableRows } from './table';

const BYTES = 8;
const BUFFER_BYTES = 4 * 1024 ** 2;

export class RowsOnDisk implements TableRows {
  n = 0;
  columns: CellCounter[] = [];
  /** Cells of the first rows that have too many or too few. */
  readonly raggedCells: number[] = [];
  private buffer = new Float64Array(0);
  private filled = 0;

  constructor(
    private readonly writer: RowsWriter,
    /** Whether the columns are those that are wanted. */
    private readonly check: (names: readonly string[]) => Result<unknown>,
  ) {}

  /** Numbers in a row: the line that it came from, less than 0 where its cells are too many or too few, and its cells. */
  get width(): number {
    return this.columns.length + 1;
  }

  begin(names: readonly string[], { decimalComma }: Separation): Problem | null {
    this.columns = names.map(() => new CellCounter(decimalComma));
    const rows = Math.max(1, Math.floor(BUFFER_BYTES / BYTES / this.width));
    this.buffer = new Float64Array(rows * this.width);
    const checked = this.check(names);
    return checked.ok ? null : checked.problem;
  }

  take(cells: readonly string[], line: number): Problem | null {
    const isRagged = cells.length !== this.columns.length;
    if (isRagged && this.raggedCells.length < SHOWN) this.raggedCells.push(cells.length);
    this.buffer[this.filled++] = isRagged ? -line : line;
    for (let i = 0; i < this.columns.length; i++)
      this.buffer[this.filled++] = this.columns[i].take(cells[i] ?? '');
    this.n += 1;
    return this.filled < this.buffer.length ? null : this.flush();
  }

  /** What is still in memory goes to the disk. */
  flush(): Problem | null {
    const bytes = new Uint8Array(this.buffer.buffer, 0, this.filled * BYTES);
    this.filled = 0;
    return this.writer.append(bytes);
  }

  /** The rows again, in their order, as many at once as fit into the buffer. */
  *again(): Generator<Float64Array> {
    const bytes = new Uint8Array(this.buffer.buffer);
    for (let at = 0; at < this.writer.length; at += bytes.length) {
      const length = Math.min(bytes.length, this.writer.length - at);
      this.writer.read(bytes.subarray(0, length), at);
      yield this.buffer.subarray(0, length / BYTES);
    }
  }
}
