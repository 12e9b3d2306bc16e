/** Knows the words that tables use in place of a number that is not known or not finite. */

const MISSING = new Set(['', '?', '-', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nil', '.']);
const NOT_FINITE = new Set([
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '+infinity',
  '-infinity',
  '1.#inf',
  '-1.#inf',
  '#div/0!',
]);

/** In a column of numbers. */
export const isMissingNumber = (cell: string): boolean => MISSING.has(cell.toLowerCase());
/** In a column of words, where `NA` may be a name. */
export const isMissingText = (cell: string): boolean => cell === '' || cell === '?';
/** Written as infinite, or too large for the numbers that a network calculates with. */
export const isNotFinite = (cell: string): boolean =>
  NOT_FINITE.has(cell.toLowerCase()) || /^[+-]?\d+\.?\d*(e\+?\d+)?$/i.test(cell);
export const isNotANumberWord = (cell: string): boolean =>
  isMissingNumber(cell) || NOT_FINITE.has(cell.toLowerCase());
