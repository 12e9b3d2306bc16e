/** Owns pooling along one, two or three axes from TensorFlow's kernels, to a given size, and max-pooling backwards. */
import type { Rank, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

export type Kind = 'Max' | 'Average';

export interface Windows {
  pool_size: readonly number[];
  strides: readonly number[];
  padding: 'valid' | 'same';
}

const pair = ([a, b]: readonly number[]): [number, number] => [a, b];
const triple = ([a, b, c]: readonly number[]): [number, number, number] => [a, b, c];

/**
 * The largest of each plane's windows, then the largest of those along the first axis. TensorFlow's own gradient of
 * max-pooling over volumes is wrong where oneDNN computes it (2.21, in graphs); that of pictures is right.
 */
function maxPoolVolumes(x: Tensor5D, { pool_size, strides, padding }: Windows): Tensor5D {
  const [n, depth, height, width, channels] = x.shape;
  const flat = tf.reshape<Rank.R4>(x, [n * depth, height, width, channels]);
  const planes = tf.maxPool(flat, pair(pool_size.slice(1)), pair(strides.slice(1)), padding);
  const [, rows, columns] = planes.shape;
  const stacked = tf.reshape<Rank.R4>(planes, [n, depth, rows * columns, channels]);
  const pooled = tf.maxPool(stacked, [pool_size[0], 1], [strides[0], 1], padding);
  return tf.reshape(pooled, [n, pooled.shape[1], rows, columns, channels]);
}

/** [batch, …, channels]. With padding `same` an average counts only what lies inside. */
export function pool(kind: Kind, x: Tensor, { pool_size, strides, padding }: Windows): Tensor {
  if (x.rank === 5 && kind === 'Max') return maxPoolVolumes(x as Tensor5D, { pool_size, strides, padding });
  if (x.rank === 5) return tf.avgPool3d(x as Tensor5D, triple(pool_size), triple(strides), padding);
  const by = kind === 'Max' ? tf.maxPool : tf.avgPool;
  if (x.rank === 4) return by(x as Tensor4D, pair(pool_size), pair(strides), padding);
  return tf.squeeze(by(tf.expandDims<Tensor4D>(x, 1), [1, pool_size[0]], [1, strides[0]], padding), [1]);
}

/** Window i of `count` reaches from ⌊i · n / count⌋ to ⌈(i + 1) · n / count⌉, as in Keras and PyTorch. */
function adaptedAlong(kind: Kind, x: Tensor, axis: number, count: number): Tensor {
  const n = x.shape[axis];
  const windows = Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * n) / count);
    const end = Math.ceil(((i + 1) * n) / count);
    const cut = tf.slice(
      x,
      x.shape.map((__, other) => (other === axis ? start : 0)),
      x.shape.map((size, other) => (other === axis ? end - start : size)),
    );
    return kind === 'Max' ? tf.max(cut, axis, true) : tf.mean(cut, axis, true);
  });
  return windows.length === 1 ? windows[0] : tf.concat(windows, axis);
}

/** To `size` values along each axis between batch and channels. */
export const adaptivePool = (kind: Kind, x: Tensor, size: readonly number[]): Tensor =>
  size.reduce((pooled, count, i) => adaptedAlong(kind, pooled, i + 1, count), x);

/** 1 at the first largest value of each window of `x`, 0 elsewhere; no gradient flows back through it. */
function largest(x: Tensor4D, size: [number, number]): Tensor4D {
  return tf.customGrad<Tensor4D>((input) => {
    const given = input as Tensor4D;
    const output = tf.maxPool(given, size, size, 'valid');
    const places = tf
      .engine()
      .runKernel<Tensor4D>(
        'MaxPoolGrad',
        { dy: tf.onesLike(output), input: given, output },
        { filterSize: size, strides: size, pad: 'valid' },
      );
    return { value: places, gradFunc: () => tf.zeros<Tensor4D['rankType']>(given.shape) };
  })(x);
}

/** Every value of `x` at the place of the largest one in its window of `before`, which has no gradient. */
export function unpool(x: Tensor, before: Tensor, pool_size: readonly number[]): Tensor {
  const [down, across] = pool_size;
  const [, height, width] = x.shape;
  const repeated = tf.image.resizeNearestNeighbor(x as Tensor4D, [height * down, width * across]);
  const rest = [(before.shape[1] ?? 0) - height * down, (before.shape[2] ?? 0) - width * across];
  const whole = rest.every((n) => n === 0)
    ? repeated
    : tf.pad(repeated, [[0, 0], [0, rest[0]], [0, rest[1]], [0, 0]]); // prettier-ignore
  return tf.mul(whole, largest(before as Tensor4D, [down, across]));
}
