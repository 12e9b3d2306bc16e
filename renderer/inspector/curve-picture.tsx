/** A small picture of one or two curves over a range: activations, learning rates. */

const MARGIN = 8;

export interface Axes {
  width: number;
  height: number;
  from: number;
  to: number;
  bottom: number;
  top: number;
}

interface Frame extends Axes {
  left: (x: number) => number;
  up: (y: number) => number;
}

function frameOf(axes: Axes): Frame {
  const { width, height, from, to, bottom, top } = axes;
  const share = (value: number, low: number, high: number) =>
    (Math.max(low, Math.min(high, value)) - low) / (high - low);
  return {
    ...axes,
    left: (x) => MARGIN + share(x, from, to) * (width - 2 * MARGIN),
    up: (y) => height - MARGIN - share(y, bottom, top) * (height - 2 * MARGIN),
  };
}

/** Where the curve leaves the picture, it is drawn along its edge. */
function pathOf(curve: (x: number) => number, { from, to, width, left, up }: Frame): string {
  const count = width - 2 * MARGIN;
  const points = Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return `${left(x).toFixed(1)} ${up(curve(x)).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

export function CurvePicture({
  axes,
  curve,
  second,
  label,
}: {
  axes: Axes;
  curve: (x: number) => number;
  /** Drawn dashed, behind the first. */
  second?: (x: number) => number;
  label: string;
}) {
  const frame = frameOf(axes);
  const { width, height, left, up } = frame;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect className="curve-frame" x=".5" y=".5" width={width - 1} height={height - 1} rx="6" />
      <path
        className="curve-axis"
        d={`M${MARGIN} ${up(0)}H${width - MARGIN}M${left(0)} ${MARGIN}V${height - MARGIN}`}
      />
      {second && <path className="curve-line second" d={pathOf(second, frame)} />}
      <path className="curve-line" d={pathOf(curve, frame)} />
    </svg>
  );
}
