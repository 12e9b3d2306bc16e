/** Owns how many updates a run makes, as far as it is known before the run. */
import type { DataFacts } from '../document/facts';

export const updatesPerEpoch = (samples: number, batchSize: number): number =>
  Math.ceil(samples / Math.min(batchSize, Math.max(1, samples)));

/** null while it is not known how many samples there are to train on. */
export function updatesOfRun(
  facts: DataFacts | null | undefined,
  { epochs, batch_size }: { epochs: number; batch_size: number },
): number | null {
  const samples = facts?.parts.train ?? 0;
  return samples > 0 ? epochs * updatesPerEpoch(samples, batch_size) : null;
}
