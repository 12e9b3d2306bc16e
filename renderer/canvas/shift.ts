/** Owns the smallest move that brings a stretch into another. */

/** How far a stretch has to move to lie between `low` and `high`; its beginning counts more where it is too long. */
export function shiftInto(start: number, length: number, low: number, high: number): number {
  if (start < low) return low - start;
  return start + length > high ? Math.max(low - start, high - start - length) : 0;
}
