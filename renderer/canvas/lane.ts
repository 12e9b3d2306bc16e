/** Owns the height at which a wire that runs backwards crosses the canvas: where it meets the fewest blocks. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

const OFFSET = 24;
const MARGIN = 8;
const STEP = 24;
/** Above the target's first port, and below the source's: just outside their blocks. */
const ABOVE_TARGET = 66;
const BELOW_SOURCE = 54;

const crossesRow = (box: Box, y: number, left: number, right: number): boolean =>
  y > box.y - MARGIN && y < box.y + box.height + MARGIN && right > box.x && left < box.x + box.width;

const crossesColumn = (box: Box, x: number, top: number, bottom: number): boolean =>
  x > box.x - MARGIN && x < box.x + box.width + MARGIN && bottom > box.y && top < box.y + box.height;

/** Blocks that a wire along `lane` would run through. */
function crossings(boxes: readonly Box[], { sourceX, sourceY, targetX, targetY }: Ends, lane: number): number {
  const [right, left] = [sourceX + OFFSET, targetX - OFFSET];
  return boxes.filter(
    (box) =>
      crossesRow(box, lane, Math.min(left, right), Math.max(left, right)) ||
      crossesColumn(box, right, Math.min(sourceY, lane), Math.max(sourceY, lane)) ||
      crossesColumn(box, left, Math.min(targetY, lane), Math.max(targetY, lane)),
  ).length;
}

/** The lane with the fewest crossings; of equal ones the nearest to the middle, so that rows stay as drawn. */
export function laneFor(boxes: readonly Box[], ends: Ends): number {
  const middle = (ends.sourceY + ends.targetY) / 2;
  const down = ends.targetY >= ends.sourceY;
  const first = down ? ends.sourceY + BELOW_SOURCE : ends.sourceY - ABOVE_TARGET;
  const last = down ? ends.targetY - ABOVE_TARGET : ends.targetY + BELOW_SOURCE;
  const candidates = [middle, first, last];
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  for (let lane = low + STEP; lane < high && candidates.length < 40; lane += STEP) candidates.push(lane);
  let best = middle;
  let fewest = Infinity;
  for (const lane of candidates) {
    const count = crossings(boxes, ends, lane);
    if (count < fewest || (count === fewest && Math.abs(lane - middle) < Math.abs(best - middle))) {
      best = lane;
      fewest = count;
    }
  }
  return Math.round(best);
}
