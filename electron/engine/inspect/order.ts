/** Owns how samples are put in order and leafed through. */

/** 0…n-1, the largest score first; equal ones in the order of the rows. */
export const byScore = (scores: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);

export const page = <T>(all: ArrayLike<T>, offset: number, limit: number): T[] =>
  Array.from(all).slice(offset, offset + limit);

/** At most `most` of 0…n-1, evenly taken, the first and the last among them. */
export const evenly = (n: number, most: number): Int32Array =>
  n <= most
    ? Int32Array.from({ length: n }, (_, i) => i)
    : Int32Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
