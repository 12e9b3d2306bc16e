/** Owns parameters that several optimizers have beside those of all: epsilon and the shares of running averages. */
import type { NumberParameter } from '../parameter';

export const epsilon = {
  kind: 'number',
  default: 1e-7,
  min: 0,
  above: true,
  scale: 'log',
  help: 'Added to the denominator, against division by zero.',
  advanced: true,
} as const satisfies NumberParameter;

/** A share of the old average that is kept at each step. */
export const decay = <D extends number>(value: D, help: string, advanced = true) =>
  ({ kind: 'number', default: value, min: 0, max: 1, below: true, help, advanced }) satisfies NumberParameter;
