/** The curve of an activation, drawn from −4 to 4. */
import type { ActivationName } from '../../shared/blocks/activation/functions';
import { ACTIVATION_FORMULAS } from '../../shared/blocks/activation/functions';
import type { Values } from '../../shared/blocks/block';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const numberOr = (value: unknown, usual: number): number => (typeof value === 'number' ? value : usual);

/** Softmax depends on all values of a vector; against one other value of 0 it is the sigmoid. */
function curveOf(
  name: ActivationName,
  { negative_slope, alpha, max_value, threshold }: Values,
): (x: number) => number {
  const cap = typeof max_value === 'number' ? max_value : Infinity;
  const edge = numberOr(threshold, 0);
  switch (name) {
    case 'linear':
      return (x) => x;
    case 'relu': {
      const slope = numberOr(negative_slope, 0);
      return (x) => (x >= edge ? Math.min(x, cap) : slope * (x - edge));
    }
    case 'leaky_relu': {
      const slope = numberOr(negative_slope, 0.2);
      return (x) => (x >= 0 ? x : slope * x);
    }
    case 'elu': {
      const scale = numberOr(alpha, 1);
      return (x) => (x >= 0 ? x : scale * (Math.exp(x) - 1));
    }
    case 'sigmoid':
    case 'softmax':
      return sigmoid;
    case 'tanh':
      return Math.tanh;
    case 'silu':
      return (x) => x * sigmoid(x);
  }
}

const WIDTH = 112;
const HEIGHT = 72;
const REACH = 4;

export function ActivationCurve({ name, values }: { name: ActivationName; values: Values }) {
  const curve = curveOf(name, values);
  const bounded = name === 'sigmoid' || name === 'softmax' || name === 'tanh';
  const top = bounded ? 1.5 : REACH;
  const left = (x: number) => WIDTH / 2 + (x / REACH) * (WIDTH / 2 - 8);
  const up = (y: number) => HEIGHT / 2 - (Math.max(-top, Math.min(top, y)) / top) * (HEIGHT / 2 - 8);
  const points = Array.from({ length: 81 }, (_, i) => {
    const x = -REACH + i / 10;
    return `${left(x).toFixed(1)} ${up(curve(x)).toFixed(1)}`;
  });
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Curve of ${name}: ${ACTIVATION_FORMULAS[name]}`}
    >
      <rect
        x=".5"
        y=".5"
        width={WIDTH - 1}
        height={HEIGHT - 1}
        rx="6"
        fill="var(--sunken)"
        stroke="var(--line)"
      />
      <path d={`M8 ${HEIGHT / 2}H${WIDTH - 8}M${WIDTH / 2} 8V${HEIGHT - 8}`} stroke="var(--line-2)" />
      <path
        d={`M${points.join('L')}`}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
    </svg>
  );
}
