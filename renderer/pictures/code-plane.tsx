/** The plane of a code of two numbers: pictures everywhere, and samples with the colours of their classes. */
import type { PicturesOf } from '../../shared/protocol/pictures';
import { classColour, isHollow } from '../ui/class-colours';
import { figureText, plural } from '../ui/numbers';
import { Sheet } from './sheet';

const SIZE = 100;
const RADIUS = 0.9;

function Points({ points, axes, labels }: PicturesOf<'code'>) {
  const [x, y] = axes.map(([least, greatest]) => (value: number) => {
    return (SIZE * (value - least)) / (greatest - least || 1);
  });
  return (
    <svg
      className="code-points"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`${plural(points.length, 'sample')} in the plane of the code`}
    >
      {points.map((point) => (
        <circle
          key={point.row}
          cx={x(point.x)}
          cy={SIZE - y(point.y)}
          r={RADIUS}
          data-hollow={isHollow(point.label) || undefined}
          style={{ color: `var(${classColour(point.label)})` }}
        >
          <title>{labels[point.label]}</title>
        </circle>
      ))}
    </svg>
  );
}

export function CodePlane({ pictures }: { pictures: PicturesOf<'code'> }) {
  const { axes, side, made, labels } = pictures;
  const [[x0, x1], [y0, y1]] = axes;
  return (
    <div className="code">
      <Sheet
        sheet={made}
        columns={side}
        upwards
        name={`${plural(side * side, 'picture')} made of the code`}
      />
      <Points {...pictures} />
      <p className="s11 ink3 num">
        First number from {figureText(x0)} to {figureText(x1)}, second from {figureText(y0)} to{' '}
        {figureText(y1)}.
      </p>
      {labels.length > 1 && (
        <ul className="code-key s11 ink2" aria-label="Classes">
          {labels.map((label, i) => (
            <li key={label} className="row g4">
              <i data-hollow={isHollow(i) || undefined} style={{ color: `var(${classColour(i)})` }} /> {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
