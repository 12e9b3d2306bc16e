/** Owns steepest descent with a line search: the step is halved until the loss falls enough (Armijo 1966). */
import { backtrack } from './line';
import type { Search } from './search';

export const steepestDescent = (): Search => ({
  vectors: [],
  /** The step that was taken last; the next search begins at twice of it. */
  numbers: ['last_step'],
  move(from, memory, measure, rate) {
    const last = memory.numbers[0];
    const direction = Float64Array.from(from.gradient, (value) => -value);
    const found = backtrack({ from, direction, measure }, last > 0 ? 2 * last : rate);
    return found === null
      ? { to: from, memory }
      : { to: found.point, memory: { ...memory, numbers: Float32Array.of(found.step) } };
  },
});
