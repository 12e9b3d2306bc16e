/**
 * Owns the activation functions as functions of one number, for drawing. The engine computes them on tensors; a test
 * holds the two together. What depends on a whole vector (softmax) is drawn against one other value of 0.
 */
import type { Values } from '../block';

export type Curve = (x: number) => number;

/** Abramowitz and Stegun, Handbook of mathematical functions, 7.1.26: right to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** The share of a normal distribution below x. */
const normalShare: Curve = (x) => 0.5 * (1 + erf(x * Math.SQRT1_2));

const numberOr = (value: unknown, usual: number): number => (typeof value === 'number' ? value : usual);

export const identity: Curve = (x) => x;
export const sigmoidCurve: Curve = (x) => 1 / (1 + Math.exp(-x));
export const softplusCurve: Curve = (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
export const hardSigmoidCurve: Curve = (x) => Math.min(1, Math.max(0, (x + 3) / 6));
export const sparseSigmoidCurve: Curve = (x) => Math.min(1, Math.max(0, (x + 1) / 2));
export const logSigmoidCurve: Curve = (x) => -softplusCurve(-x);
export const seluCurve: Curve = (x) => 1.0507009873554805 * (x >= 0 ? x : 1.6732632423543772 * Math.expm1(x));
export const geluCurve: Curve = (x) => x * normalShare(x);
/** Hendrycks and Gimpel's approximation by the hyperbolic tangent. */
export const geluTanhCurve: Curve = (x) =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
export const sparsePlusCurve: Curve = (x) => (x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) ** 2 : x);
export const hardShrinkCurve: Curve = (x) => (Math.abs(x) > 0.5 ? x : 0);
export const softShrinkCurve: Curve = (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5);

export function reluCurve({ negative_slope, max_value, threshold }: Values): Curve {
  const [slope, edge, cap] = [
    numberOr(negative_slope, 0),
    numberOr(threshold, 0),
    numberOr(max_value, Infinity),
  ];
  return (x) => (x > edge || (edge === 0 && x >= 0) ? Math.min(x, cap) : slope * (x - edge));
}
export function leakyReluCurve({ negative_slope }: Values): Curve {
  const slope = numberOr(negative_slope, 0.2);
  return (x) => (x >= 0 ? x : slope * x);
}
export function eluCurve({ alpha }: Values): Curve {
  const scale = numberOr(alpha, 1);
  return (x) => (x >= 0 ? x : scale * Math.expm1(x));
}

const STEP = 1e-4;
/** The slope, from two values close by: at a kink the mean of both sides. */
export const slopeOf =
  (curve: Curve): Curve =>
  (x) =>
    (curve(x + STEP) - curve(x - STEP)) / (2 * STEP);
