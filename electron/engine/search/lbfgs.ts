/** Owns L-BFGS: the curvature is guessed from the last steps. Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5. */
import { z } from 'zod';
import { wolfe } from './line';
import { dot, plus, type Memory, type Point, type Search } from './search';

const lbfgsConfig = z.object({ history_size: z.number().int().positive().default(10) });

interface Pair {
  step: Float32Array;
  change: Float32Array;
  /** 1 / (change · step) */
  rho: number;
}

/** Of a memory with `size` steps, then as many changes of the slope, the newest first. Zeros are places that are still free. */
const pairsOf = ({ vectors }: Memory, size: number): Pair[] =>
  Array.from({ length: size }, (_, i) => {
    const [step, change] = [vectors[i], vectors[size + i]];
    return { step, change, rho: 1 / dot(change, step) };
  }).filter(({ rho }) => Number.isFinite(rho));

/** −H · gradient, by the two loops. */
function descent({ gradient }: Point, pairs: readonly Pair[]): Float64Array {
  const q = Float64Array.from(gradient, (value) => -value);
  const add = (vector: Float32Array, factor: number) =>
    vector.forEach((value, i) => (q[i] += value * factor));
  const alphas = pairs.map(({ step, change, rho }) => {
    const alpha = rho * dot(step, q);
    add(change, -alpha);
    return alpha;
  });
  const [newest] = pairs;
  if (newest) {
    const scale = 1 / (newest.rho * dot(newest.change, newest.change));
    q.forEach((value, i) => (q[i] = value * scale));
  }
  pairs.forEach((_, i, { length }) => {
    const { step, change, rho } = pairs[length - 1 - i];
    add(step, alphas[length - 1 - i] - rho * dot(change, q));
  });
  return q;
}

export function lbfgs(raw: unknown): Search {
  const { history_size: size } = lbfgsConfig.parse(raw);
  const names = (name: string) => Array.from({ length: size }, (_, i) => `${name}_${i}`);
  return {
    vectors: [...names('step'), ...names('change')],
    numbers: [],
    move(from, memory, measure, rate) {
      const pairs = pairsOf(memory, size);
      const direction = descent(from, pairs);
      const length = Math.sqrt(dot(direction, direction));
      // Without any memory the slope says nothing of how far to go.
      const first = pairs.length === 0 ? rate * Math.min(1, 1 / length) : rate;
      const found = length === 0 ? null : wolfe({ from, direction, measure }, first);
      const blank = () => new Float32Array(from.weights.length);
      if (found === null) return { to: from, memory: { ...memory, vectors: memory.vectors.map(blank) } };
      const { point: to } = found;
      const [step, change] = [plus(to.weights, from.weights, -1), plus(to.gradient, from.gradient, -1)];
      // Only upward bends keep the guess positive definite.
      if (dot(step, change) <= 1e-10 * dot(change, change)) return { to, memory };
      const [steps, changes] = [memory.vectors.slice(0, size), memory.vectors.slice(size)];
      const newer = [[step, ...steps.slice(0, -1)], [change, ...changes.slice(0, -1)]];
      return { to, memory: { ...memory, vectors: newer.flat() } };
    },
  };
} // prettier-ignore
