/** Owns what a sample is called by: the line of its file where it has one, as the problems of the data count, else its row. */
import type { SampleView } from '../protocol/samples';

/** From 1, without the line that holds the names of the columns. */
export const rowNumber = (index: number): number => index + 1;

/** Said where rows are listed. */
export const ROWS_COUNTED = 'Rows are counted from 1, without the line of column names.';
const LINES_COUNTED = 'The line of the file, counted from 1.';

interface SamplePlace {
  word: 'line' | 'row';
  number: number;
  /** How it is counted, in a sentence. */
  counted: string;
}

/** `view`: undefined where only the row of the source is known. */
export function samplePlace(index: number, view?: SampleView): SamplePlace {
  return view?.kind === 'row' && view.line !== undefined
    ? { word: 'line', number: view.line, counted: LINES_COUNTED }
    : { word: 'row', number: rowNumber(index), counted: ROWS_COUNTED };
}
