/** Owns the parameter that names the four sides of a picture; Keras writes it as ((top, bottom), (left, right)). */
import type { IntegersParameter } from '../parameter';

export const sidesParameter = (value: readonly [number, number, number, number], what: string) =>
  ({
    kind: 'integers',
    default: value,
    length: 4,
    min: 0,
    help: `${what} at the top, at the bottom, on the left and on the right.`,
    unit: 'pixels',
  }) as const satisfies IntegersParameter;

export const sidesConfig = ([top, bottom, left, right]: readonly number[]) => [
  [top, bottom],
  [left, right],
];

/** `1 on every side` or `1, 2, 0, 0`. */
export const sidesCaption = (sides: readonly number[]): string =>
  sides.every((side) => side === sides[0]) ? `${sides[0]} on every side` : sides.join(', ');
