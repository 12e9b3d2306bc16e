/** Owns shapes: `null` is an axis of free length, axis 0 is the batch. `[null, 28, 28, 1]` is a batch of grey pictures. */
export type Shape = readonly (number | null)[];

export const rank = (shape: Shape): number => shape.length;

/** Values per sample, or null where an axis other than the batch is free. */
export function valuesPerSample(shape: Shape): number | null {
  let product = 1;
  for (const axis of shape.slice(1)) {
    if (axis === null) return null;
    product *= axis;
  }
  return product;
}

/** Values in all, where a free axis counts as one: of a tensor with the batch axis, those of one sample. */
export const sizeOf = (shape: Shape): number =>
  shape.reduce<number>((product, axis) => product * (axis ?? 1), 1);

/** What a free axis is called: the steps of a sequence are its time. */
const freeAxis = (shape: Shape, i: number): string =>
  i === 0 ? 'batch' : i === 1 && shape.length === 3 ? 'time' : 'any';

/** `[batch, 28, 28, 1]`, `[batch, time, 64]`, for sentences and tooltips. */
export const shapeText = (shape: Shape): string =>
  `[${shape.map((axis, i) => axis ?? freeAxis(shape, i)).join(', ')}]`;

/** `28×28×1`, for wires; the batch is left out because it is always there. A single number per sample is `1`. */
export const shortShapeText = (shape: Shape): string =>
  shape.length === 1
    ? 'scalar'
    : shape
        .slice(1)
        .map((axis) => axis ?? '?')
        .join('\u2009×\u2009');

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((axis, i) => axis === b[i] || axis === null || b[i] === null);
