/** Owns the parameter that every optimizer has. */
import type { NumberParameter } from '../parameter';

export const learningRate = <D extends number>(value: D) =>
  ({
    kind: 'number',
    default: value,
    min: 0,
    above: true,
    scale: 'log',
    help: 'How far the weights move at each step. Too large: the loss jumps or grows; too small: it hardly falls.',
  }) as const satisfies NumberParameter;

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

export const rateCaption = ({ learning_rate }: { learning_rate: number }) => `rate ${learning_rate}`;
