/** Owns what a preparation step is: what is measured on the training part, and how that is applied to any rows. */
import type { z } from 'zod';
import type { DatasetStep } from '../../../shared/compiler/plan';
import type { StepState } from '../../../shared/document/preparation';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { Work } from '../work';
import type { Flow } from './flow';

export interface Fitting {
  block: string;
  from: string;
  flow: Flow;
  /** The parts that training will use: only training rows may be measured. */
  parts: Uint8Array;
}

export interface Step<S extends StepState> {
  /** Work where rows are looked through. */
  fit(params: DatasetStep['params'], fitting: Fitting): Result<S> | Work<Result<S>>;
  apply(state: S, flow: Flow): Flow;
}

export function stepParams<S extends z.ZodType>(
  schema: S,
  params: DatasetStep['params'],
  block: string,
): Result<z.infer<S>> {
  const checked = schema.safeParse(params);
  if (checked.success) return ok(checked.data);
  const [issue] = checked.error.issues;
  return fail('data/bad-parameter', `${block}: ${issue.path.join('.') || 'parameters'}: ${issue.message}.`);
}
