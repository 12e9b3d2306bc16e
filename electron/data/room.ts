/** Owns how much memory there is, and how much of it a source may take before its values stay in their file. */
import { readFileSync } from 'node:fs';
import os from 'node:os';

/** A set lies in the process that shows it, in the one that trains, and on its way from one form to another. */
const SHARE_OF_A_SOURCE = 1 / 4;

/** What this process may grow to, which is at most `AXONRY_MEMORY` gigabytes where that is set. */
export function availableBytes(): number {
  const limit = Number(process.env.AXONRY_MEMORY) * 1e9 || Infinity;
  return Math.min(limit, systemFreeBytes() + process.memoryUsage.rss());
}

/** What programs can still take; the system's own caches give way. */

function systemFreeBytes(): number {
  try {
    const found = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
    if (found !== null) return Number(found[1]) * 1024;
  } catch {
    // Only Linux has it. Elsewhere what counts as free leaves the caches out, which would refuse too much.
  }
  return os.totalmem() * 0.8;
}

export const roomForSource = (): number => availableBytes() * SHARE_OF_A_SOURCE;
