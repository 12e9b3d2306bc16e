/** Owns the pictures of layers that change pictures: one before, and after the largest change that the settings allow. */
import type { Values } from '../../blocks/block';
import { arrow, box, line, type Drawing } from '../drawing';

/** An F, which looks different from each side; around the middle of a picture from −1 to 1. */
const LETTER: readonly [number, number][] = [
  [-0.35, 0.6], [-0.35, -0.6], [0.4, -0.6], [0.4, -0.35], [-0.1, -0.35], [-0.1, -0.1], [0.25, -0.1], [0.25, 0.15], [-0.1, 0.15], [-0.1, 0.6],
]; // prettier-ignore

type Change = (point: readonly [number, number]) => [number, number];
const SIDE = 96;

const greatest = (value: unknown): number =>
  Array.isArray(value) && typeof value.at(-1) === 'number' ? (value.at(-1) as number) : 0;

/** By block type; the others change values and not places. */
const CHANGES: Readonly<Record<string, (values: Values) => Change>> = {
  RandomFlip: () => ([x, y]) => [-x, y],
  RandomRotation(values) {
    const angle = -2 * Math.PI * greatest(values.factor);
    return ([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
  },
  RandomTranslation: (values) => ([x, y]) => [x + 2 * greatest(values.width_factor), y + 2 * greatest(values.height_factor)],
  RandomZoom: (values) => ([x, y]) => [x / (1 + greatest(values.height_factor)), y / (1 + greatest(values.height_factor))],
}; // prettier-ignore

const pathOf = (points: readonly (readonly [number, number])[], left: number): string =>
  `M${points.map(([x, y]) => `${(left + (SIDE / 2) * (1 + x)).toFixed(1)} ${(8 + (SIDE / 2) * (1 + y)).toFixed(1)}`).join('L')}z`;

export function changedPicture(type: string, values: Values): Drawing | null {
  const change = Object.hasOwn(CHANGES, type) ? CHANGES[type](values) : null;
  if (change === null) return null;
  const right = SIDE + 64;
  return {
    width: right + SIDE + 8,
    height: SIDE + 16,
    caption:
      'A picture as it is, and as it may look in one step of training; the greatest change of the defaults.',
    marks: [
      line(box(8, 8, SIDE, SIDE)),
      line(box(right, 8, SIDE, SIDE)),
      line(pathOf(LETTER, 8), 'strong'),
      arrow(SIDE + 20, 8 + SIDE / 2, 32),
      line(pathOf(LETTER, right), 'quiet', true),
      line(pathOf(LETTER.map(change), right), 'strong'),
    ],
  };
}
