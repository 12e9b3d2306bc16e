/** Owns what the layers that normalise share: their parameters and the weights along their axis. */
import { shapeText } from '../../compiler/shape';
import type { InputShape, WeightSpec } from '../block';
import { trainableParameter } from '../core/weighted';
import { axisIndex, noSuchAxis, refuse, type Refusal } from '../inference';
import type { IntegerParameter, NumberParameter, Parameters } from '../parameter';

export const axisParameter = (help: string) =>
  ({ kind: 'integer', default: -1, help, advanced: true }) as const satisfies IntegerParameter;

export const epsilonParameter = (value: number) =>
  ({
    kind: 'number',
    default: value,
    min: 0,
    above: true,
    scale: 'log',
    help: 'Added before the root is taken, against division by zero.',
    advanced: true,
  }) as const satisfies NumberParameter;

/** gamma and beta, the scale and the shift that are learned. */
export const scaleAndShift = {
  center: { kind: 'boolean', default: true, help: 'Adds the trained shift beta.', advanced: true },
  scale: { kind: 'boolean', default: true, help: 'Multiplies by the trained factor gamma.', advanced: true },
  ...trainableParameter,
} as const satisfies Parameters;

export const gammaAndBeta = (length: number, { center, scale }: { center: boolean; scale: boolean }) => [
  ...(scale ? [weight('gamma', length)] : []),
  ...(center ? [weight('beta', length)] : []),
];

export const weight = (name: string, length: number, trainable = true): WeightSpec => ({
  name,
  shape: [length],
  trainable,
});

/** What Keras starts them from. */
export const startOfGammaAndBeta = { beta_initializer: 'zeros', gamma_initializer: 'ones' };

export type Along = { ok: true; length: number } | Refusal;

/** The length of the axis that weights lie along. */
export function lengthAlong(title: string, axis: number, input: InputShape): Along {
  const index = axisIndex(axis, input.shape);
  if (index === null) return noSuchAxis(title, axis, input);
  const length = input.shape[index];
  return length === null
    ? refuse({
        code: 'shape/mismatch',
        port: 'input',
        message: `${title} needs an axis of known length; it gets ${shapeText(input.shape)} from ${input.from}.`,
        why: 'Every place along the axis has a scale and a shift of its own, so their number must be fixed.',
      })
    : { ok: true, length };
}
