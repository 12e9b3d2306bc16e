/** Owns the refusal of a run that this machine has too little memory for, before anything is allocated for it. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { fittingBatch, greediest, memoryNeed } from '../../../shared/compiler/memory-need';
import type { Plan } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import type { Samples } from '../step/samples';

/** What programs can still take; the system's own caches give way. */
function freeBytes(): number {
  try {
    const found = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
    if (found !== null) return Number(found[1]) * 1024;
  } catch {
    // Only Linux has it. Elsewhere what counts as free leaves the caches out, which would refuse too much.
  }
  return os.totalmem() * 0.8;
}

/** What this process may grow to. */
export const availableBytes = (): number => freeBytes() + process.memoryUsage.rss();

export const dataBytes = ({ inputs, labels }: Samples): number =>
  [...new Set([...inputs.values(), ...labels.values()].map(({ values }) => values))].reduce(
    (sum, { byteLength }) => sum + byteLength,
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
