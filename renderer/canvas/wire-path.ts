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

/** React Flow ends a wire at the outer edge of the area that can be hit; the mark of the port is in its middle. */
const HALF_PORT = 12;

/** True where the wire has to turn back: its lane must be chosen. */
export const runsBack = ({ sourceX, targetX }: WireEnds): boolean => targetX - sourceX + 2 * HALF_PORT < 2 * OFFSET;

/** Straight when level, right-angled when it runs backwards, otherwise a curve. */
export function wirePath(ends: WireEnds, lane?: number): WirePath {
  const { sourceY, targetY } = ends;
  const sourceX = ends.sourceX - HALF_PORT;
  const targetX = ends.targetX + HALF_PORT;
  const width = targetX - sourceX;
  if (width > 0 && Math.abs(targetY - sourceY) <= LEVEL) {
    const long = width > ROOM_FOR_LONG_LABEL;
    const labelX = sourceX + width / 2;
    return { path: `M${sourceX},${sourceY}L${targetX},${targetY}`, labelX, labelY: long ? sourceY : sourceY - ABOVE, long };
  }
  const line = { sourceX, sourceY, targetX, targetY, sourcePosition: Position.Right, targetPosition: Position.Left };
  const [path, labelX, labelY] =
    runsBack(ends) ? getSmoothStepPath({ ...line, borderRadius: RADIUS, offset: OFFSET, centerY: lane }) : getBezierPath(line);
  // A right-angled wire that goes back has its label on the long way, which is the lane.
  return { path, labelX, labelY, long: Math.abs(width) > ROOM_FOR_LONG_LABEL };
}
