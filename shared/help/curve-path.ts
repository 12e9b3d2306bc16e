/** Owns how a curve becomes the path of a small picture: in the inspector and on help pages. */

export const MARGIN = 8;

export interface Axes {
  width: number;
  height: number;
  from: number;
  to: number;
  bottom: number;
  top: number;
}

const share = (value: number, low: number, high: number): number =>
  (Math.max(low, Math.min(high, value)) - low) / (high - low);

export const leftOf = (x: number, { width, from, to }: Axes): number =>
  MARGIN + share(x, from, to) * (width - 2 * MARGIN);
export const upOf = (y: number, { height, bottom, top }: Axes): number =>
  height - MARGIN - share(y, bottom, top) * (height - 2 * MARGIN);

/** The lines at 0, or at the edge that is nearer to it. */
export const axesPath = (axes: Axes): string =>
  `M${MARGIN} ${upOf(0, axes)}H${axes.width - MARGIN}M${leftOf(0, axes)} ${MARGIN}V${axes.height - MARGIN}`;

/** A point for each pixel. Where the curve leaves the picture, it is drawn along its edge. */
export function curvePath(curve: (x: number) => number, axes: Axes): string {
  const { from, to, width } = axes;
  const count = width - 2 * MARGIN;
  const points = Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return `${leftOf(x, axes).toFixed(1)} ${upOf(curve(x), axes).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

const REACH = 4;
const SAMPLES = Array.from({ length: 41 }, (_, i) => -REACH + i / 5);

/** Of an activation: from −4 to 4, as high as it reaches. */
export function activationAxes(curve: (x: number) => number, width: number, height: number): Axes {
  const largest = Math.max(...SAMPLES.map((x) => Math.abs(curve(x))));
  const top = Math.min(REACH, Math.max(1.5, largest));
  return { width, height, from: -REACH, to: REACH, bottom: -top, top };
}
