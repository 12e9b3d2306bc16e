/** Owns how many updates a run makes, as far as it is known before the run. */
import type { DataFacts } from '../document/facts';

export const updatesPerEpoch = (samples: number, batchSize: number): number =>
  Math.ceil(samples / Math.min(batchSize, Math.max(1, samples)));

/**
 * Of one Train block, which takes `steps_per_turn` of them on each batch; epochs and batches are those of the first Train
 * block of its stage. null while it is not known how many samples there are to train on.
 */
export function updatesOfRun(
  facts: DataFacts | null | undefined,
  { epochs, batch_size }: { epochs: number; batch_size: number },
  steps_per_turn = 1,
): number | null {
  const samples = facts?.parts.train ?? 0;
  return samples > 0 ? epochs * updatesPerEpoch(samples, batch_size) * steps_per_turn : null;
}
