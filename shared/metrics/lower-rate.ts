/** Owns which learning rate is advised after one that was too high. */

/** No optimizer needs more: what is tried after a rate that was far off. */
const HIGHEST_ADVISED = 0.01;

/** A tenth, with three digits. */
export const tenthOf = (rate: number): number => Number((rate / 10).toPrecision(3));

/** After numbers have become infinite or undefined. */
export const rateAfterBreak = (rate: number): number => Math.min(tenthOf(rate), HIGHEST_ADVISED);
