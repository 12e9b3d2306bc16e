/** Owns how values become pictures that can be seen: bytes from black to white. */
import type { PictureSheet } from '../../../shared/protocol/pictures';

export type Range = readonly [least: number, greatest: number];

/** Of every `step`-th value from `offset` on. */
export function rangeOf(values: Float32Array, offset = 0, step = 1): Range {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = offset; i < values.length; i += step) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  return [least, greatest];
}

/** Values [pictures, ...shape] as a sheet; `shape` is [height, width, channels], and the range goes from black to white. */
export function sheetOf(
  values: Float32Array,
  [height, width, channels]: readonly number[],
  [least, greatest]: Range,
): PictureSheet {
  const scale = 255 / (greatest - least || 1);
  const bytes = Uint8Array.from(values, (value) =>
    Math.max(0, Math.min(255, Math.round((value - least) * scale))),
  );
  return { width, height, channels, pixels: Buffer.from(bytes).toString('base64') };
}

/** Values in all pictures of a sheet: what a ledger can hold of every epoch. */
const MOST_VALUES = 65_000;

/** How many pictures of this shape a sheet has room for: at least one, at most so many. */
export const roomFor = (shape: readonly number[], most: number): number =>
  Math.max(1, Math.min(most, Math.floor(MOST_VALUES / shape.reduce((product, axis) => product * axis, 1))));
