/**
 * Errors that a person can cause are values: a code that a program can test and a sentence that a person can act on.
 * Exceptions are for bugs.
 */
export interface Problem {
  /** Stable and machine readable, as `data/ragged-row`. */
  code: string;
  /** One or two sentences: which file, row, block or flag, what is wrong with it, what to do. */
  message: string;
}

export type Result<T, P = Problem> = { ok: true; value: T } | { ok: false; problem: P };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = (code: string, message: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, message },
});
