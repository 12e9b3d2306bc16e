/** Owns where there is room on the canvas for a block that an edit adds. */
import type { Document, Point } from '../document/document';

/** A block with the gap that it keeps to others. */
const WIDTH = 176;
const HEIGHT = 88;
const GRID = 16;

type Drawn = Pick<Document, 'blocks'>;

/** True where a block at `point` would lie on another one. */
function isTaken({ blocks }: Drawn, { x, y }: Point): boolean {
  return Object.values(blocks).some(
    ({ position }) => Math.abs(position.x - x) < WIDTH && Math.abs(position.y - y) < HEIGHT,
  );
}

/** The wanted place, or the nearest one below it that is free. */
export function roomBelow(document: Drawn, wanted: Point): Point {
  let { y } = wanted;
  while (isTaken(document, { x: wanted.x, y })) y += GRID;
  return { x: wanted.x, y };
}

/** The lowest offset downward at which a group of new blocks lies on no other. */
export function roomForAll(document: Drawn, places: readonly Point[]): number {
  let down = 0;
  while (places.some(({ x, y }) => isTaken(document, { x, y: y + down }))) down += GRID;
  return down;
}
