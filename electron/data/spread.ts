/** Owns where one looks in what is too large to be looked at whole: evenly from the first place to the last. */

/** The i-th of `count` whole places from 0 to `last`, both included. */
export const spread = (i: number, count: number, last: number): number =>
  count < 2 ? 0 : Math.round((i * last) / (count - 1));
