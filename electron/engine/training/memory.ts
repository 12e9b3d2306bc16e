/** Owns the refusal of a run that this machine has too little memory for, before anything is allocated for it. */
import { fittingBatch, greediest, memoryNeed } from '../../../shared/compiler/memory-need';
import type { Plan } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import { bytesInMemory } from '../../data/values';
import type { Samples } from '../step/samples';

/** Of a set that stays on the disk nothing but labels. */
export const dataBytes = ({ inputs, labels }: Samples): number =>
  [...new Set([...inputs.values(), ...labels.values()].map(({ values }) => values))].reduce(
    (sum, values) => sum + bytesInMemory(values),
    0,
  );

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Problems: `run/memory`, with the batch size that fits. */
export function checkMemory(plan: Plan, samples: Samples, available: number): Result<null> {
  const bytes = dataBytes(samples);
  const { block, batch_size } = greediest(plan);
  const size = Math.min(batch_size, samples.parts.train.length);
  const need = memoryNeed(plan, bytes, size);
  if (need.total <= available) return ok(null);
  const fits = fittingBatch(plan, bytes, available);
  const why = `Training needs about ${gigabytes(need.total)} of memory, ${gigabytes(need.activations + need.batch)} of it for a batch of ${size}; ${gigabytes(available)} can be had.`;
  return fail(
    'run/memory',
    fits === null
      ? `${why} Not even a batch of one fits: make the network smaller, use fewer samples, or close other programs.`
      : `${why} Set batch_size of ${block} to ${fits}, which fits, or close other programs.`,
  );
}
