/** Owns the line of a wire and where its label stands. */
import { getBezierPath, getSmoothStepPath, Position } from 'reactflow';

export interface WireEnds {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}
export interface WirePath {
  path: string;
  labelX: number;
  labelY: number;
  /** Room for a label in the line of the wire; without it the label stands above and is short. */
  long: boolean;
}

const LEVEL = 2;
const ROOM_FOR_LONG_LABEL = 180;
const RADIUS = 12;
const OFFSET = 24;
const ABOVE = 14;

/** Straight when level, right-angled when it runs backwards, otherwise a curve. */
export function wirePath({ sourceX, sourceY, targetX, targetY }: WireEnds): WirePath {
  const width = targetX - sourceX;
  if (width > 0 && Math.abs(targetY - sourceY) <= LEVEL) {
    const long = width > ROOM_FOR_LONG_LABEL;
    const labelX = sourceX + width / 2;
    return { path: `M${sourceX},${sourceY}L${targetX},${targetY}`, labelX, labelY: long ? sourceY : sourceY - ABOVE, long };
  }
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition: Position.Right, targetPosition: Position.Left };
  const [path, labelX, labelY] =
    width < 2 * OFFSET ? getSmoothStepPath({ ...ends, borderRadius: RADIUS, offset: OFFSET }) : getBezierPath(ends);
  return { path, labelX, labelY, long: Math.abs(width) > ROOM_FOR_LONG_LABEL };
}
