import { describe, expect, it } from 'vitest';
import { lbfgs } from '../../../electron/engine/search/lbfgs';
import { newton, solve } from '../../../electron/engine/search/newton';
import type { Measure, Memory, Search } from '../../../electron/engine/search/search';
import { steepestDescent } from '../../../electron/engine/search/steepest-descent';

/** Rosenbrock's valley in four dimensions: 0 at (1, 1, 1, 1). */
const valley: Measure = (weights) => {
  const gradient = new Float32Array(weights.length);
  let loss = 0;
  for (let i = 0; i + 1 < weights.length; i++) {
    const [x, y] = [weights[i], weights[i + 1]];
    loss += 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    gradient[i] += -400 * x * (y - x * x) - 2 * (1 - x);
    gradient[i + 1] += 200 * (y - x * x);
  }
  return { weights, loss, gradient };
};
/** (w₀ − 3)² + 10 (w₁ + 1)² + w₀ w₁ */
const bowl: Measure = (weights) => {
  const [a, b] = weights;
  return {
    weights,
    loss: (a - 3) ** 2 + 10 * (b + 1) ** 2 + a * b,
    gradient: Float32Array.of(2 * (a - 3) + b, 20 * (b + 1) + a),
  };
};

function run(search: Search, measure: Measure, start: number[], steps: number, rate = 1) {
  let memory: Memory = {
    vectors: search.vectors.map(() => new Float32Array(start.length)),
    numbers: new Float32Array(search.numbers.length),
  };
  let point = measure(Float32Array.from(start));
  const losses = [point.loss];
  for (let i = 0; i < steps; i++) {
    const moved = search.move(point, memory, measure, rate);
    ({ to: point, memory } = moved);
    losses.push(point.loss);
  }
  return { point, losses };
}
const neverRises = (losses: number[]) =>
  losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThanOrEqual(losses[i]));

describe('searches along directions', () => {
  it('L-BFGS walks through Rosenbrock’s valley to its lowest place, and never uphill', () => {
    const { point, losses } = run(lbfgs({}), valley, [-1.2, 1, -1.2, 1], 60);
    neverRises(losses);
    point.weights.forEach((weight) => expect(weight).toBeCloseTo(1, 2));
  });

  it('L-BFGS with a memory of one step still gets there, later', () => {
    expect(run(lbfgs({ history_size: 1 }), valley, [-1.2, 1], 120).point.loss).toBeLessThan(1e-6);
  });

  it('Newton is at the bottom of a bowl in one step, and in the valley within a few', () => {
    const { point } = run(newton(), bowl, [7, 5], 1);
    // By hand: 2(a − 3) + b = 0, 20(b + 1) + a = 0.
    expect(point.weights[0]).toBeCloseTo(140 / 39, 3);
    expect(point.weights[1]).toBeCloseTo(-46 / 39, 3);
    const { losses, point: end } = run(newton(), valley, [-1.2, 1], 25);
    neverRises(losses);
    expect(end.loss).toBeLessThan(1e-4);
  });

  it('steepest descent goes down at every step, however large the learning rate', () => {
    const { losses, point } = run(steepestDescent(), bowl, [7, 5], 60, 1000);
    neverRises(losses);
    expect(point.weights[0]).toBeCloseTo(140 / 39, 2);
  });

  it('nothing moves where the slope is 0', () => {
    for (const search of [lbfgs({}), newton(), steepestDescent()])
      expect([...run(search, valley, [1, 1, 1], 2).point.weights]).toEqual([1, 1, 1]);
  });

  it('a matrix that is not positive definite is not solved', () => {
    expect(solve(Float64Array.of(1, 2, 2, 1), [1, 1], 0)).toBeNull();
    expect([...(solve(Float64Array.of(4, 2, 2, 3), [10, 9], 0) ?? [])].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([1.5, 2]);
  });
}); // prettier-ignore
