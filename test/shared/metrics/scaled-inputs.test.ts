/** Whether the inputs are scaled is read from the plan of a drawn network. */
import { expect, it } from 'vitest';
import { inputsAreScaled } from '../../../shared/metrics/scaled-inputs';
import { classes, data, features } from '../data';
import { network } from '../draw';

const scaled = (preparations: Parameters<typeof network>[1], first: Parameters<typeof network>[2] = []) => {
  const facts = data([...features(4), classes(3)]);
  const layers = [...first, ['Dense', { units: 3 }] as [string, { units: number }], 'Softmax'];
  const { plan } = network(facts, preparations, layers, { loss: 'SparseCategoricalCrossentropy' }).compile();
  if (plan === null) throw new Error('the network does not compile');
  return inputsAreScaled(plan);
};
const [{ name: firstColumn }] = features(4);

it.each(['Scale', 'Standardize'])('by %s before the network', (block) => {
  expect(scaled([block])).toBe(true);
});
it('by a layer that normalises first', () => {
  expect(scaled([], ['BatchNormalization'])).toBe(true);
});
it('not where only one of four columns is scaled, nor where none is', () => {
  expect(scaled([['Standardize', { columns: [firstColumn] }]])).toBe(false);
  expect(scaled([])).toBe(false);
});
