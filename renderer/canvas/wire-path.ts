/** Owns the line of a wire and where its label stands. */
import { getBezierPath, Position } from 'reactflow';
import type { Point } from '../../shared/document/document';
import { laneFor, OFFSET, runsThrough, type Box, type Ends, type Way } from './lane';

export interface WirePath {
  path: string;
  labelX: number;
  labelY: number;
  /** Room for a label in the line of the wire; without it the label stands above and is short. */
  long: boolean;
}

/** React Flow ends a wire at the outer edge of the area that can be hit; the mark of the port is in its middle. */
const HALF_PORT = 12;
const LEVEL = 2;
const ROOM_FOR_LONG_LABEL = 180;
const RADIUS = 12;
const ABOVE = 14;
/** Among more blocks no free lane is looked for: wires then cross half-way. */
export const MOST_BLOCKS = 150;

export const portMiddles = ({ sourceX, sourceY, targetX, targetY }: Ends): Ends => ({
  sourceX: sourceX - HALF_PORT,
  sourceY,
  targetX: targetX + HALF_PORT,
  targetY,
});

/** Between middles of ports. The height at which the wire crosses; null where it needs none and is drawn plainly. */
export function laneOf(boxes: readonly Box[], ends: Ends): number | null {
  const span = ends.targetX - ends.sourceX;
  // Close neighbours of a row are joined by a straight line, however short.
  const isStraight = span > 0 && Math.abs(ends.targetY - ends.sourceY) <= LEVEL;
  const back = span < 2 * OFFSET && !isStraight;
  if (boxes.length > MOST_BLOCKS) return back ? (ends.sourceY + ends.targetY) / 2 : null;
  return back || runsThrough(boxes, ends) ? laneFor(boxes, ends) : null;
}

/** Straight pieces with round corners. A corner is never wider than half of the shorter piece beside it. */
export function roundedPath(points: readonly Point[], radius = RADIUS): string {
  const [first, ...rest] = points;
  let path = `M${first.x},${first.y}`;
  rest.forEach((corner, i) => {
    const before = points[i];
    const after = points[i + 2];
    if (!after) {
      path += `L${corner.x},${corner.y}`;
      return;
    }
    const [into, out] = [
      Math.hypot(corner.x - before.x, corner.y - before.y),
      Math.hypot(after.x - corner.x, after.y - corner.y),
    ];
    const bend = Math.min(radius, into / 2, out / 2);
    const toward = (from: Point, length: number): string =>
      length === 0
        ? `${corner.x},${corner.y}`
        : `${corner.x + ((from.x - corner.x) / length) * bend},${corner.y + ((from.y - corner.y) / length) * bend}`;
    path += `L${toward(before, into)}Q${corner.x},${corner.y} ${toward(after, out)}`;
  });
  return path;
}

function along({ sourceX, sourceY, targetX, targetY }: Ends, { lane, out, into }: Way): WirePath {
  const [right, left] = [sourceX + out, targetX - into];
  const path = roundedPath([
    { x: sourceX, y: sourceY },
    { x: right, y: sourceY },
    { x: right, y: lane },
    { x: left, y: lane },
    { x: left, y: targetY },
    { x: targetX, y: targetY },
  ]);
  return {
    path,
    labelX: (right + left) / 2,
    labelY: lane,
    long: Math.abs(right - left) > ROOM_FOR_LONG_LABEL,
  };
}

/** Between middles of ports: straight when level, right-angled along a lane, otherwise a curve. */
export function wirePath(ends: Ends, way: Way | null): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (way !== null) return along(ends, way);
  const width = targetX - sourceX;
  if (Math.abs(targetY - sourceY) <= LEVEL) {
    const long = width > ROOM_FOR_LONG_LABEL;
    const labelX = sourceX + width / 2;
    return {
      path: `M${sourceX},${sourceY}L${targetX},${targetY}`,
      labelX,
      labelY: long ? sourceY : sourceY - ABOVE,
      long,
    };
  }
  const [path, labelX, labelY] = getBezierPath({
    ...ends,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  });
  return { path, labelX, labelY, long: width > ROOM_FOR_LONG_LABEL };
}
