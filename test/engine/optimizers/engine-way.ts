/** One weight of 3 on its way to the bottom of w², as the engine's optimizers move it. */
import { optimizerOf } from '../../../electron/engine/optimizers/optimizer';
import type { Slots } from '../../../electron/engine/optimizers/update-rule';
import { tf } from '../../../electron/engine/tensorflow';
import type { Json } from '../../../shared/document/document';

/** Its value after each step; the gradient is 2w. `start`: what a slot holds before the first step, else 0. */
export function engineWay(
  class_name: string,
  config: Record<string, Json>,
  steps: number,
  start: Record<string, number> = {},
): number[] {
  const optimizer = optimizerOf({ block: 'optimizer', class_name, config });
  let weights = 3;
  let slots: Record<string, number> = Object.fromEntries(
    optimizer.slots.map((slot) => [slot, start[slot] ?? 0]),
  );
  return Array.from({ length: steps }, (_, iteration) => {
    tf.tidy(() => {
      const numbers = optimizer.coefficients(optimizer.rate(iteration), iteration);
      const coefficients = Object.fromEntries(
        Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]),
      );
      const before: Slots = Object.fromEntries(
        Object.entries(slots).map(([slot, value]) => [slot, tf.scalar(value)]),
      );
      const next = optimizer.update(
        tf.scalar(weights),
        tf.scalar(2 * weights),
        before,
        coefficients,
        'dense/kernel',
      );
      weights = next.weights.dataSync()[0];
      slots = Object.fromEntries(
        Object.entries(next.slots).map(([slot, value]) => [slot, value.dataSync()[0]]),
      );
    });
    return weights;
  });
}
