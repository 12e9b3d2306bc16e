/** Owns which learning rate is advised after one that was too high: told in the sentence, and offered as the same number. */
import type { AnyBlockDefinition } from '../blocks/block';
import { optimizerBlocks } from '../blocks/optimizer';

/** No optimizer is used with more: a tenth of it would be as far off. */
const ABSURD = 10;

const usualRates = new Map(
  (optimizerBlocks as readonly AnyBlockDefinition[]).flatMap(({ type, parameters }) => {
    const rate: unknown = parameters.learning_rate?.default;
    return typeof rate === 'number' ? [[type, rate] as const] : [];
  }),
);

/** A tenth of `rate`, with three digits; after an absurd one what the optimizer begins with. Undefined where `optimizer`, as `Adam`, has none. */
export function lowerRate(rate: number, optimizer: string): number | undefined {
  const usual = usualRates.get(optimizer);
  if (usual === undefined || rate > ABSURD) return usual;
  return Number((rate / 10).toPrecision(3));
}

/** The advice as a sentence. */
export const tryRate = (rate: number | undefined): string =>
  rate === undefined ? 'Try smaller steps.' : `Try ${rate}.`;
