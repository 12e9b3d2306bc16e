/** Owns how arrays that may be large are gone through: in slices, so that what is asked meanwhile is heard between two. */

/** A slice takes some milliseconds of a processor, and a tenth of a second of a slow disk. */
const SLICE_BYTES = 16e6;

interface Sliced<T> {
  readonly length: number;
  readonly BYTES_PER_ELEMENT: number;
  subarray(from: number, to: number): T;
}

/** They share the array's memory. An empty array has none. */
export function* slicesOf<T extends Sliced<T>>(values: T): Generator<T> {
  const most = SLICE_BYTES / values.BYTES_PER_ELEMENT;
  for (let at = 0; at < values.length; at += most)
    yield values.subarray(at, Math.min(values.length, at + most));
}

/** What is called between two slices. */
export type Heed = () => Promise<unknown>;
