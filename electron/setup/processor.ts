/** Knows which vector instructions the processor has, as far as the system tells; TensorFlow's library on x64 needs AVX. */
import fs from 'node:fs';

export type VectorInstructions = 'avx2' | 'avx' | 'neither' | 'unknown';

/** Where Linux lists its processors. The environment can name another file, for tests. */
const listing = (): string => process.env.AXONRY_CPUINFO ?? '/proc/cpuinfo';

/** Unknown where the system keeps no list, and on processors that need none. */
export function vectorInstructions(): VectorInstructions {
  if (process.arch !== 'x64' || process.platform !== 'linux') return 'unknown';
  let text: string;
  try {
    text = fs.readFileSync(listing(), 'utf8');
  } catch {
    return 'unknown';
  }
  const flags = /^flags\s*:(.*)$/m.exec(text)?.[1].split(/\s+/);
  if (flags === undefined) return 'unknown';
  if (flags.includes('avx2')) return 'avx2';
  return flags.includes('avx') ? 'avx' : 'neither';
}
