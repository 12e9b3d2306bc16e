/** Owns which weights stand for the network when it is judged or kept: the running average, where the optimizer keeps one. */
import type { WeightValues } from '../network/network';
import { AVERAGE_SLOT } from '../optimizers/options';
import { slotKey } from './step';

/** The tensors of a state, with each weight that has an average in its place. */
export const averagedWeights = (tensors: WeightValues): WeightValues =>
  new Map([...tensors].map(([key, own]) => [key, tensors.get(slotKey(AVERAGE_SLOT, key)) ?? own]));

export const hasAverages = (tensors: WeightValues): boolean =>
  [...tensors.keys()].some((key) => key.startsWith(slotKey(AVERAGE_SLOT, '')));
