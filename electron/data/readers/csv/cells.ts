/**
 * Holds the cells of one column while a table is read: numbers as numbers, everything else as a code into a dictionary,
 * so that a large table of numbers costs no strings.
 */
import type { CellCounts } from './column-kind';
import { TextCodes } from './text-codes';

export const FLOAT_MAX = 3.4028234663852886e38;

/** The number that a cell writes, or NaN. Hexadecimal, `Infinity` and what float32 cannot hold are not numbers here. */
export function numberIn(cell: string, decimalComma: boolean): number {
  const first = cell.charCodeAt(0);
  const begins = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!begins) return NaN;
  const second = cell.charCodeAt(1) | 32;
  if (first === 48 && (second === 120 || second === 98 || second === 111)) return NaN;
  const value = Number(decimalComma ? cell.replace(',', '.') : cell);
  return Math.abs(value) <= FLOAT_MAX ? value : NaN;
}

export class Cells implements CellCounts {
  /** NaN where the cell is not a number. */
  private numbers = new Float64Array(64);
  /** 0 is a number, else the code of a text. null while every cell is a number. */
  private codes: Int32Array | null = null;
  readonly texts = new TextCodes();
  length = 0;

  constructor(private readonly decimalComma: boolean) {}

  push(cell: string) {
    if (this.length === this.numbers.length) this.grow();
    const value = numberIn(cell, this.decimalComma);
    this.numbers[this.length] = value;
    if (Number.isNaN(value)) {
      this.codes ??= new Int32Array(this.numbers.length);
      this.codes[this.length] = this.texts.take(cell);
    }
    this.length += 1;
  }

  private grow() {
    const numbers = new Float64Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    if (this.codes === null) return;
    const codes = new Int32Array(numbers.length);
    codes.set(this.codes);
    this.codes = codes;
  }

  /** NaN where the cell holds text. */
  number(row: number): number {
    return this.numbers[row];
  }

  /** null where the cell holds a number. */
  text(row: number): string | null {
    const code = this.code(row);
    return code === 0 ? null : this.texts.text(code);
  }

  /** 0 for a number. */
  code(row: number): number {
    return this.codes === null ? 0 : this.codes[row];
  }

  /** The cell as a person would write it. */
  show(row: number): string {
    return this.text(row) ?? String(this.numbers[row]);
  }

  differentNumbers(most: number): Set<number> {
    const different = new Set<number>();
    for (let row = 0; row < this.length && different.size <= most; row++) {
      const value = this.number(row);
      if (!Number.isNaN(value)) different.add(value);
    }
    return different;
  }

  countsRows(): boolean {
    const different = this.differentNumbers(this.length);
    return different.size === this.length && [...different].every((value) => Number.isInteger(value));
  }
}
