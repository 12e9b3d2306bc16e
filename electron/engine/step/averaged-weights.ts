/** Owns which weights stand for the network when it is judged or kept: the running average, where the optimizer keeps one. */
import type { WeightValues } from '../network/network';
import { AVERAGE_SLOT } from '../optimizers/options';
import { slotOf } from './step';

/** By the weights that they are averages of. Where two Train blocks keep one of the same weight, the later counts. */
const averagesIn = (tensors: WeightValues): WeightValues =>
  new Map(
    [...tensors].flatMap(([key, values]) => {
      const slot = slotOf(key);
      return slot?.slot === AVERAGE_SLOT ? [[slot.weight, values] as const] : [];
    }),
  );

/** The tensors of a state, with each weight that has an average in its place. */
export function averagedWeights(tensors: WeightValues): WeightValues {
  const averages = averagesIn(tensors);
  return new Map([...tensors].map(([key, own]) => [key, averages.get(key) ?? own]));
}

export const hasAverages = (tensors: WeightValues): boolean => averagesIn(tensors).size > 0;
