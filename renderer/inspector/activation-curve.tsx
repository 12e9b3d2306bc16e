/** The curve of an activation, drawn from −4 to 4. */
import type { ActivationName } from '../../shared/blocks/activation/functions';
import { ACTIVATION_FORMULAS } from '../../shared/blocks/activation/functions';
import type { Values } from '../../shared/blocks/block';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log1p(Math.exp(x));
const hardSigmoid = (x: number) => Math.min(1, Math.max(0, (x + 3) / 6));
/** The share of a normal distribution below x, by its usual approximation; a curve of this size shows no difference. */
const normalShare = (x: number) => 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const numberOr = (value: unknown, usual: number): number => (typeof value === 'number' ? value : usual);

/** Softmax depends on all values of a vector; against one other value of 0 it is the sigmoid, and log_softmax its logarithm. */
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
    case 'gelu':
      return (x) => x * normalShare(x);
    case 'mish':
      return (x) => x * Math.tanh(softplus(x));
    case 'selu':
      return (x) => (x >= 0 ? 1.0507 * x : 1.7581 * (Math.exp(x) - 1));
    case 'relu6':
      return (x) => Math.min(6, Math.max(0, x));
    case 'softplus':
      return softplus;
    case 'softsign':
      return (x) => x / (1 + Math.abs(x));
    case 'exponential':
      return Math.exp;
    case 'hard_sigmoid':
      return hardSigmoid;
    case 'hard_silu':
      return (x) => x * hardSigmoid(x);
    case 'log_softmax':
      return (x) => -softplus(-x);
  }
}

const BOUNDED: ReadonlySet<ActivationName> = new Set([
  'sigmoid',
  'softmax',
  'tanh',
  'softsign',
  'hard_sigmoid',
]);

const WIDTH = 112;
const HEIGHT = 72;
const REACH = 4;

export function ActivationCurve({ name, values }: { name: ActivationName; values: Values }) {
  const curve = curveOf(name, values);
  const bounded = BOUNDED.has(name);
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
