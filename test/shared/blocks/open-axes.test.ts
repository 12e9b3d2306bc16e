/**
 * An axis of any length, as the steps of a sequence: what a layer says of it holds for every length. It may leave more open
 * than it says of a certain length, and may refuse where weights or the answer would depend on the length.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valuesOf } from '../../../shared/blocks/catalogue';
import { full } from '../../environment';
import { drawn, layerBlocks } from './drawn';

const WANTED = full ? 300 : 30;

it.each(layerBlocks)('$type', ({ type, definition, behaviour }) => {
  const samples = fc.sample(drawn(definition, valuesOf({ type, params: {} })), { numRuns: 10 * WANTED, seed: 31 }); // prettier-ignore
  let met = 0;
  for (const { params, shapes } of samples) {
    const values = valuesOf({ type, params });
    const inputs = (open: boolean) =>
      shapes.map((sizes) => ({
        shape: [null, ...sizes.map((size, axis) => (open && axis === 0 && sizes.length > 1 ? null : size))],
        from: 'there',
      }));
    const [certain, open] = [behaviour.infer(inputs(false), values), behaviour.infer(inputs(true), values)];
    const where = JSON.stringify({ params, shapes });
    if (!open.ok || !certain.ok) continue;
    const sizes = (weights: typeof open.value.weights) => weights.map(({ name, shape }) => [name, ...shape]);
    expect(sizes(open.value.weights), where).toEqual(sizes(certain.value.weights));
    expect(open.value.shape.length, where).toBe(certain.value.shape.length);
    open.value.shape.forEach((size, axis) => {
      if (size !== null) expect(size, `axis ${axis} of ${where}`).toBe(certain.value.shape[axis]);
    });
    expect(open.value.multiplyAdds, where).toBeGreaterThanOrEqual(0);
    met += 1;
    if (met === WANTED) break;
  }
});
