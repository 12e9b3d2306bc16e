/** What the engine without native code takes on: networks whose steps it computes in reasonable time, and no others. */
import type { Plan } from '../../shared/compiler/plan';
import { fail, ok, type Result } from '../../shared/result';

/** These multiply over every place of a picture or every moment of a sequence: hours in plain JavaScript. */
const HEAVY = /Conv|LSTM|GRU|RNN|Attention|Bidirectional|TimeDistributed|Pooling|Transformer/;
/** A step of more multiplications than this, times the batch, is not to be waited for either. */
const MOST_MULTIPLY_ADDS = 5_000_000;

export function portableTakes(plan: Plan): Result<void> {
  const heavy = plan.layers.find(({ class_name }) => HEAVY.test(class_name));
  if (heavy)
    return fail(
      'engine/needs-tensorflow',
      `${heavy.block} (${heavy.class_name}) cannot be trained in plain JavaScript: it would take hours. Prepare the native engine, or use dense layers only.`,
    );
  const cost = plan.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  return cost <= MOST_MULTIPLY_ADDS
    ? ok(undefined)
    : fail(
        'engine/needs-tensorflow',
        `This network needs ${Math.round(cost / 1e6)} million multiplications for each sample, too many for plain JavaScript. Prepare the native engine, or use smaller layers.`,
      );
}
