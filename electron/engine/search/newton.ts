/**
 * Owns Newton's method: the step to the lowest place of the parabola that fits here. The curvature is measured from slopes
 * on both sides of every weight, so that it takes two measurements for each of them. Source: Nocedal and Wright, Numerical
 * Optimization (2006), sections 3.4 and 8.1.
 */
import { backtrack } from './line';
import type { Measure, Point, Search } from './search';

/** Wide enough that float32 slopes differ by more than their rounding. */
const APART = 5e-3;

/** Row-major [n, n], symmetric. */
function curvature({ weights }: Point, measure: Measure): Float64Array {
  const n = weights.length;
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const beside = (by: number) => {
      const moved = weights.slice();
      moved[i] += by;
      return { at: moved[i], gradient: measure(moved).gradient };
    };
    const by = APART * Math.max(1, Math.abs(weights[i]));
    const [above, below] = [beside(by), beside(-by)];
    for (let j = 0; j < n; j++)
      rows[i * n + j] = (above.gradient[j] - below.gradient[j]) / (above.at - below.at);
  }
  return rows.map((value, at) => (value + rows[(at % n) * n + Math.floor(at / n)]) / 2);
}

/** Solves (matrix + damping · 1) x = right by Cholesky's factors; null where it is not positive definite. */
export function solve(matrix: Float64Array, right: ArrayLike<number>, damping: number): Float64Array | null {
  const n = right.length;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] + (i === j ? damping : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i === j && !(sum > 0)) return null;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j];
    }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}

/** As little damping as makes the curvature positive in all directions. */
function direction(from: Point, matrix: Float64Array): Float64Array | null {
  const n = from.weights.length;
  const largest = Math.max(...Array.from({ length: n }, (_, i) => Math.abs(matrix[i * n + i])));
  const down = from.gradient.map((value) => -value);
  for (let share = 1e-6; share <= 1e3; share *= 10) {
    const found = solve(matrix, down, share * Math.max(largest, 1e-12));
    if (found !== null) return found;
  }
  return null;
}

export const newton = (): Search => ({
  vectors: [],
  numbers: [],
  move(from, memory, measure, rate) {
    const found = direction(from, curvature(from, measure));
    const to = found && backtrack({ from, direction: found, measure }, rate)?.point;
    return { to: to ?? from, memory };
  },
});
