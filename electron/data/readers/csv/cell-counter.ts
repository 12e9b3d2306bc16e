/**
 * Counts the cells of one column of a table whose cells go to the disk, and says what is written of each: a number as it
 * is, a text as its code, which is told from a number by its size.
 */
import { FLOAT_MAX, numberIn } from './cells';
import { MOST_CLASSES, type CellCounts } from './column-kind';
import { TextCodes } from './text-codes';

/** A column with more different texts holds no classes; what is not told apart takes no memory. */
const MOST_TEXTS = 100_000;
/** Larger than any number of a table, and a power of two: nothing is rounded. */
const CODE = 2 ** 200;

/** The code of the text that was written as this, 0 for a number. */
export const codeIn = (written: number): number => (written > FLOAT_MAX ? written / CODE : 0);

export class CellCounter implements CellCounts {
  readonly texts = new TextCodes(MOST_TEXTS);
  length = 0;
  private readonly numbers = new Set<number>();
  private last = -Infinity;
  private isRising = true;

  constructor(private readonly decimalComma: boolean) {}

  take(cell: string): number {
    const value = numberIn(cell, this.decimalComma);
    this.length += 1;
    if (Number.isNaN(value)) {
      this.isRising = false;
      return this.texts.take(cell) * CODE;
    }
    if (this.numbers.size <= MOST_CLASSES) this.numbers.add(value);
    this.isRising &&= value > this.last && Number.isInteger(value);
    this.last = value;
    return value;
  }

  /** `most` up to `MOST_CLASSES`. */
  differentNumbers(most: number): ReadonlySet<number> {
    return new Set([...this.numbers].slice(0, most + 1));
  }

  /** Rising numbers; others would have to be compared with all before them. */
  countsRows(): boolean {
    return this.isRising;
  }
}
