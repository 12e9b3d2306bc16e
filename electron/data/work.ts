/**
 * Owns long work on data: it is done in stretches, and says after each which share is done. Whoever has it done can hear
 * messages in between, tell how far it is, or leave off.
 */
import type { Problem, Result } from '../../shared/result';
import { ok } from '../../shared/result';
import { Unreadable } from './opened-file';
import { breathe, stopped, type ReaderContext } from './readers/reader';

export type Work<T> = Generator<number, T>;

/** Without a break. */
export function finished<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The share that is done, where this is the i-th of so many. */
export function* oneOf<T>(work: Work<T>, i: number, count: number): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield (i + step.value) / count;
  }
}

/** With breaks. `doing`: `Looking through`. Problems: `data/stopped`, and of the disk. */
export async function inStretches<T>(
  work: Work<T>,
  doing: string,
  source: string,
  { signal, onProgress }: Pick<ReaderContext, 'signal' | 'onProgress'>,
): Promise<Result<T>> {
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return ok(step.value);
      if (signal?.aborted) return stopped(source);
      onProgress?.({ message: `${doing} ${source}`, done: Math.round(1000 * step.value), total: 1000 });
      await breathe();
    }
  } catch (error) {
    return unreadable(error);
  }
}

/** What a disk that refuses is to a person. Anything else is a bug. */
function unreadable(error: unknown): { ok: false; problem: Problem } {
  if (error instanceof Unreadable) return { ok: false, problem: error.problem };
  throw error;
}
