/** Owns where a wire that runs backwards, or would run through blocks, crosses the canvas: where it meets the fewest. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** The middles of the two ports. */
export interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

/** How far a wire runs straight out of a port before it turns. */
export const OFFSET = 24;
const MARGIN = 8;
const STEP = 24;
/** From a first port to just outside its block. */
const ABOVE = 66;
const BELOW = 54;
const MOST_CANDIDATES = 40;
const SAMPLES = 16;

const crossesRow = (box: Box, y: number, left: number, right: number): boolean =>
  y > box.y - MARGIN && y < box.y + box.height + MARGIN && right > box.x && left < box.x + box.width;

const crossesColumn = (box: Box, x: number, top: number, bottom: number): boolean =>
  x > box.x - MARGIN && x < box.x + box.width + MARGIN && bottom > box.y && top < box.y + box.height;

/** A way along a lane: its height, and how far out of the ports the wire turns. */
export interface Way {
  lane: number;
  out: number;
  into: number;
}

export const wayAlong = (lane: number): Way => ({ lane, out: OFFSET, into: OFFSET });

/** Blocks that a wire on such a way would run through. */
export function crossings(
  boxes: readonly Box[],
  { sourceX, sourceY, targetX, targetY }: Ends,
  { lane, out, into }: Way,
): number {
  const [right, left] = [sourceX + out, targetX - into];
  return boxes.filter(
    (box) =>
      crossesRow(box, lane, Math.min(left, right), Math.max(left, right)) ||
      crossesColumn(box, right, Math.min(sourceY, lane), Math.max(sourceY, lane)) ||
      crossesColumn(box, left, Math.min(targetY, lane), Math.max(targetY, lane)),
  ).length;
}

function candidatesFor({ sourceY, targetY }: Ends): number[] {
  const outside = [sourceY - ABOVE, sourceY + BELOW, targetY - ABOVE, targetY + BELOW];
  const candidates = [(sourceY + targetY) / 2, ...outside];
  const [low, high] = [Math.min(...outside), Math.max(...outside)];
  for (let lane = low + STEP; lane < high && candidates.length < MOST_CANDIDATES; lane += STEP)
    candidates.push(lane);
  return candidates;
}

/** The lane with the fewest crossings; of equal ones the nearest to the middle, so that rows stay as drawn. */
export function laneFor(boxes: readonly Box[], ends: Ends): number {
  const middle = (ends.sourceY + ends.targetY) / 2;
  let best = middle;
  let fewest = Infinity;
  for (const lane of candidatesFor(ends)) {
    const count = crossings(boxes, ends, wayAlong(lane));
    if (count < fewest || (count === fewest && Math.abs(lane - middle) < Math.abs(best - middle))) {
      best = lane;
      fewest = count;
    }
  }
  return Math.round(best);
}

/** True where the plain curve from left to right would run through a block. */
export function runsThrough(boxes: readonly Box[], { sourceX, sourceY, targetX, targetY }: Ends): boolean {
  const span = targetX - sourceX;
  if (span < 4 * OFFSET) return false;
  for (let i = 1; i < SAMPLES; i++) {
    const t = i / SAMPLES;
    // The curve leaves and arrives level, with its handles half-way.
    const u = 1 - t;
    const x = sourceX + span * (1.5 * u * u * t + 1.5 * u * t * t + t * t * t);
    const y = sourceY + (targetY - sourceY) * t * t * (3 - 2 * t);
    if (boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height))
      return true;
  }
  return false;
}
