/** Decides what each column of a table is: numbers, classes, free text, or nothing; and what it is for. */
import type { ColumnRole } from '../../../../shared/document/facts';
import type { TextCodes } from './text-codes';
import { isMissingNumber, isMissingText, isNotFinite } from './words';

export type Task = 'auto' | 'classes' | 'number';

export type Kind =
  | { kind: 'numbers' }
  /** `words`: text cells are class names too; else they are mistakes in a column of numbers. */
  | { kind: 'classes'; words: boolean }
  | { kind: 'text' }
  | { kind: 'empty' };

export interface Decision {
  role: ColumnRole;
  kind: Kind;
  /** For the problem list. */
  remark?: 'free-text' | 'mixed' | 'empty' | 'id' | 'too-many-classes' | 'hardly-classes';
}

/** Numbers are taken for classes when they are at most this many different whole numbers … */
const MOST_GUESSED_CLASSES = 20;
/** … with at least this many rows for each; two values are always classes. */
const ROWS_PER_CLASS = 5;
const FEWEST_ROWS_OF_TWO = 4;
export const MOST_CLASSES = 1000;
const MOST_INPUT_CLASSES = 100;
/** Share of cells that may be words in a column that is still one of numbers. */
const WORDS_AMONG_NUMBERS = 0.2;

/** What is counted of the cells of a column. */
export interface CellCounts {
  readonly length: number;
  readonly texts: TextCodes;
  /** The first `most` + 1 different numbers. */
  differentNumbers(most: number): ReadonlySet<number>;
  /** Whether each row has another whole number. */
  countsRows(): boolean;
}

interface Census {
  numbers: number;
  /** Cells with words that stand for no number at all: neither missing nor infinite. */
  words: number;
  /** Cells that hold something. */
  filled: number;
  /** Different words. */
  differentWords: number;
}

function census(cells: CellCounts): Census {
  const counts: Census = { numbers: cells.length, words: 0, filled: cells.length, differentWords: 0 };
  for (const { text, times } of cells.texts.counted()) {
    counts.numbers -= times;
    if (isMissingText(text)) counts.filled -= times;
    else if (!isMissingNumber(text) && !isNotFinite(text)) {
      counts.words += times;
      counts.differentWords += 1;
    }
  }
  return counts;
}

const isNumeric = ({ numbers, words }: Census): boolean =>
  numbers > words && words <= Math.max(1, WORDS_AMONG_NUMBERS * (numbers + words));

function numbersAreClasses(cells: CellCounts, numbers: number): boolean {
  const different = cells.differentNumbers(MOST_GUESSED_CLASSES);
  if (different.size > MOST_GUESSED_CLASSES || [...different].some((value) => !Number.isInteger(value)))
    return false;
  return different.size <= 2 ? numbers >= FEWEST_ROWS_OF_TWO : different.size * ROWS_PER_CLASS <= numbers;
}

export function decideTarget(cells: CellCounts, task: Task): Decision {
  const counts = census(cells);
  const role = 'target';
  if (counts.filled === 0) return { role, kind: { kind: 'empty' }, remark: 'empty' };
  if (task === 'number') return { role, kind: { kind: 'numbers' } };
  const numeric = isNumeric(counts);
  if (task === 'auto' && numeric) {
    const classes = numbersAreClasses(cells, counts.numbers);
    return { role, kind: classes ? { kind: 'classes', words: false } : { kind: 'numbers' } };
  }
  const different = cells.differentNumbers(MOST_CLASSES).size + counts.differentWords;
  if (different > MOST_CLASSES) return { role, kind: { kind: 'text' }, remark: 'too-many-classes' };
  const hardly = different > MOST_GUESSED_CLASSES && different * 2 > counts.filled;
  return { role, kind: { kind: 'classes', words: true }, remark: hardly ? 'hardly-classes' : undefined };
}

export function decideInput(cells: CellCounts, name: string): Decision {
  const counts = census(cells);
  if (counts.filled === 0) return { role: 'ignore', kind: { kind: 'empty' }, remark: 'empty' };
  if (isNumeric(counts) || (counts.words === 0 && counts.numbers > 0)) {
    if (isRowNumber(cells, name)) return { role: 'id', kind: { kind: 'numbers' }, remark: 'id' };
    return { role: 'input', kind: { kind: 'numbers' } };
  }
  const different = counts.differentWords + cells.differentNumbers(MOST_INPUT_CLASSES).size;
  const mixed = counts.numbers > 0 ? 'mixed' : undefined;
  if (different <= Math.max(2, Math.min(MOST_INPUT_CLASSES, counts.filled / 2))) {
    return { role: 'input', kind: { kind: 'classes', words: true }, remark: mixed };
  }
  return { role: 'ignore', kind: { kind: 'text' }, remark: mixed ?? 'free-text' };
}

/** A column called `id` or `index` with another whole number in each row says nothing about what is to be learned. */
const isRowNumber = (cells: CellCounts, name: string): boolean =>
  /^(id|index|row|unnamed: 0)$/i.test(name) && cells.countsRows();
