/** A small picture of one or two curves over a range: activations, learning rates. */
import { axesPath, curvePath, type Axes } from '../../shared/help/curve-path';

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
  const { width, height } = axes;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect className="curve-frame" x=".5" y=".5" width={width - 1} height={height - 1} rx="6" />
      <path className="curve-axis" d={axesPath(axes)} />
      {second && <path className="curve-line second" d={curvePath(second, axes)} />}
      <path className="curve-line" d={curvePath(curve, axes)} />
    </svg>
  );
}
