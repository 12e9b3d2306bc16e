/** Counts the classes of a column while its rows go by. */
import { codeIn } from './cell-counter';
import type { CellCounter } from './cell-counter';
import { MOST_CLASSES } from './column-kind';
import { flawOf, type JudgedColumn } from './flaws';
import { naturalOrder } from './natural-order';

export class ClassCounter {
  /** Of all rows that were read, also of those that are left out. */
  private readonly names: string[];
  private readonly ofNumber = new Map<number, number>();
  private readonly ofCode: number[];
  private readonly counts: number[];
  private unknown = 0;
  private changes = 0;
  private last: number | null = null;

  constructor(cells: CellCounter, { decision }: JudgedColumn) {
    const numbers = [...cells.differentNumbers(MOST_CLASSES)];
    const texts = cells.texts.map((text) => (flawOf(text, decision) === null ? text : null));
    const named = [...numbers.map(String), ...texts.filter((text) => text !== null)];
    this.names = [...new Set(named)].sort(naturalOrder);
    const indexOf = new Map(this.names.map((name, index) => [name, index]));
    for (const value of numbers) this.ofNumber.set(value, indexOf.get(String(value)) ?? -1);
    this.ofCode = texts.map((text) => (text === null ? -1 : (indexOf.get(text) ?? -1)));
    this.counts = this.names.map(() => 0);
  }

  /** The place of a cell's class among all names, -1 where it has none. */
  take(written: number): number {
    const code = codeIn(written);
    const index = code === 0 ? (this.ofNumber.get(written) ?? -1) : this.ofCode[code - 1];
    if (index < 0) this.unknown += 1;
    else this.counts[index] += 1;
    if (this.last !== null && this.last !== index) this.changes += 1;
    this.last = index;
    return index;
  }

  /** Names that occur in the rows that are kept, their counts, and the index of each name; -1 where it occurs no more. */
  found(): { classes: string[]; counts: number[]; indices: number[]; unknown: number; changes: number } {
    const { unknown, changes } = this;
    let next = 0;
    const indices = this.counts.map((count) => (count > 0 ? next++ : -1));
    return {
      classes: this.names.filter((_, i) => this.counts[i] > 0),
      counts: this.counts.filter((count) => count > 0),
      indices,
      unknown,
      changes,
    };
  }
}
