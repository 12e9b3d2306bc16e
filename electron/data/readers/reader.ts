/** Owns what a reader is: parameters and a place to look in, a data set or a sentence out. */
import { z } from 'zod';
import type { Json } from '../../../shared/document/document';
import type { Problem, Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataSet } from '../data-set';

export interface ReaderProgress {
  message: string;
  done?: number;
  total?: number;
}

export interface ReaderContext {
  /** Relative paths are resolved against it. */
  folder: string;
  /** Decoded data are kept in `<cacheFolder>/data`; without it they are decoded each time. */
  cacheFolder?: string;
  /** Bytes that a source may take in memory; by what is free where it is left out. */
  room?: number;
  signal?: AbortSignal;
  onProgress?: (progress: ReaderProgress) => void;
}

export type ReaderParams = Readonly<Record<string, Json>>;
export type Reader = (params: ReaderParams, context: ReaderContext) => Promise<Result<DataSet>>;

export const stopped = (source: string): { ok: false; problem: Problem } =>
  fail('data/stopped', `Reading ${source} was stopped before it ended.`);

/** Fills in defaults and refuses values that no inspector would let through but a command line can bring. */
export function checkParams<S extends z.ZodType>(
  schema: S,
  params: ReaderParams,
  source: string,
): Result<z.infer<S>> {
  const checked = schema.safeParse(params);
  if (checked.success) return ok(checked.data);
  const issue = checked.error.issues[0];
  return fail(
    'data/bad-parameter',
    `${source}: ${issue.path.join('.') || 'the parameters'}: ${issue.message}.`,
  );
}

/** A whole number that may also come as text, as it does from a command line. */
export const wholeNumber = (least: number, greatest: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(greatest, `must be at most ${greatest.toLocaleString('en')}`);

export const seedNumber = wholeNumber(0, Number.MAX_SAFE_INTEGER);

/** Lets other requests of the process be heard between two stretches of work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
