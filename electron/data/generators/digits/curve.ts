/** Owns the curve of a stroke: from control points to points at equal distances. Knows nothing of writers and pixels. */

/** Points in one stroke. At 20 pixels of height the longest stroke (an 8) has a point every 1.3 pixels. */
export const STROKE_POINTS = 40;

/** The points of a stroke at equal distances along it: x in `[2 k]`, y in `[2 k + 1]`. */
export type Stroke = Float64Array;

interface ControlPoint {
  x: number;
  y: number;
  corner: boolean;
}

function controlPoints(text: string): ControlPoint[] {
  return text.split(' ').map((point) => {
    const [x, y] = point.replace('!', '').split(',').map(Number);
    return { x, y, corner: point.endsWith('!') };
  });
}

/** The smooth pieces between corners; a corner ends one piece and starts the next. */
function smoothPieces(points: ControlPoint[]): ControlPoint[][] {
  const pieces: ControlPoint[][] = [[]];
  points.forEach((point, index) => {
    pieces[pieces.length - 1].push(point);
    if (point.corner && index < points.length - 1) pieces.push([point]);
  });
  return pieces;
}

/** Uniform Catmull–Rom spline through the points of one piece, ends doubled. */
function traceSpline(piece: ControlPoint[], out: number[]) {
  const stepsPerSpan = 24;
  for (let i = 0; i + 1 < piece.length; i++) {
    const [a, b, c, d] = [
      piece[Math.max(0, i - 1)],
      piece[i],
      piece[i + 1],
      piece[Math.min(piece.length - 1, i + 2)],
    ];
    for (let step = 0; step <= stepsPerSpan; step++) {
      const t = step / stepsPerSpan;
      const wa = -0.5 * t + t * t - 0.5 * t * t * t;
      const wb = 1 - 2.5 * t * t + 1.5 * t * t * t;
      const wc = 0.5 * t + 2 * t * t - 1.5 * t * t * t;
      const wd = -0.5 * t * t + 0.5 * t * t * t;
      out.push(wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y);
    }
  }
}

/** Points at equal distances along a dense polyline. */
function resample(dense: readonly number[]): Stroke {
  const lengths = [0];
  for (let i = 2; i < dense.length; i += 2) {
    const step = Math.sqrt((dense[i] - dense[i - 2]) ** 2 + (dense[i + 1] - dense[i - 1]) ** 2);
    lengths.push(lengths[lengths.length - 1] + step);
  }
  const total = lengths[lengths.length - 1];
  const stroke = new Float64Array(2 * STROKE_POINTS);
  let segment = 0;
  for (let k = 0; k < STROKE_POINTS; k++) {
    const target = (total * k) / (STROKE_POINTS - 1);
    while (segment < lengths.length - 2 && lengths[segment + 1] < target) segment++;
    const length = lengths[segment + 1] - lengths[segment];
    const t = length > 0 ? (target - lengths[segment]) / length : 0;
    stroke[2 * k] = dense[2 * segment] + t * (dense[2 * segment + 2] - dense[2 * segment]);
    stroke[2 * k + 1] = dense[2 * segment + 1] + t * (dense[2 * segment + 3] - dense[2 * segment + 1]);
  }
  return stroke;
}

/** The stroke that a text of control points describes (see allographs.ts for the notation). */
export function traceStroke(text: string): Stroke {
  const dense: number[] = [];
  for (const piece of smoothPieces(controlPoints(text))) traceSpline(piece, dense);
  return resample(dense);
}

/** Mean distance between corresponding points of two forms; infinite when their strokes differ in number. */
export function formDistance(a: readonly Stroke[], b: readonly Stroke[]): number {
  if (a.length !== b.length) return Infinity;
  let sum = 0;
  a.forEach((stroke, s) => {
    for (let k = 0; k < STROKE_POINTS; k++) {
      sum += Math.sqrt((stroke[2 * k] - b[s][2 * k]) ** 2 + (stroke[2 * k + 1] - b[s][2 * k + 1]) ** 2);
    }
  });
  return sum / (a.length * STROKE_POINTS);
}
