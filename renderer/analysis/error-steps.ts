/**
 * Owns the four steps in which errors are coloured. Errors have a scale of their own: on one that holds the diagonal too
 * they would all look alike.
 */

/** Upper ends of the first three steps, ascending; a value above the last is of step 4. Fewer where there are few values. */
export type Steps = readonly number[];

/** Steps for counts: each covers about the same ratio, so that 1 and 2 differ as much as 20 and 40. */
export function countSteps(most: number): Steps {
  if (most <= 4) return [1, 2, 3].filter((end) => end < most);
  const ends = [1, 2, 3].map((step) => Math.ceil(most ** (step / 4)));
  return ends.filter((end, i) => end < most && end > (ends[i - 1] ?? 0));
}

/** Steps for shares of a row: an eighth, a quarter and a half of the largest. */
export const shareSteps = (most: number): Steps => (most > 0 ? [most / 8, most / 4, most / 2] : []);

/** 0 is an empty cell, 1…4 few to many. */
export function stepOf(value: number, steps: Steps): number {
  if (value <= 0) return 0;
  const step = steps.findIndex((end) => value <= end);
  return (step === -1 ? steps.length : step) + 1;
}

/** What each step holds, in words for the legend: `1 to 2`, `3`, `9 and more`. */
export function countStepNames(most: number): string[] {
  if (most === 0) return [];
  const steps = countSteps(most);
  const starts = [1, ...steps.map((end) => end + 1)];
  return starts.map((start, i) => {
    const end = steps[i] ?? most;
    if (end <= start) return String(start);
    return i === steps.length ? `${start} and more` : `${start} to ${end}`;
  });
}
