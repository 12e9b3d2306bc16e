/** Owns how rows are counted when a person is told of one: from 1, without the line that holds the names of the columns. */
export const rowNumber = (index: number): number => index + 1;

/** Said where rows are listed. */
export const ROWS_COUNTED = 'Rows are counted from 1, without the line of column names.';
