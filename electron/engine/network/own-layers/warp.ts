/**
 * Owns the warping of pictures by an affine map of their pixels, with what appears where a picture has moved away: what
 * TensorFlow's ImageProjectiveTransformV3 computes, made of operations that have gradients and can be recorded.
 */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { FILL_MODES } from '../../../../shared/blocks/augmentation/augmented';
import { tf } from '../../tensorflow';
import type { Interpolation } from './interpolated';

export interface Filling {
  fill_mode: (typeof FILL_MODES)[number];
  fill_value: number;
  interpolation: Interpolation;
}

/**
 * Where a pixel of the result comes from: column `x[0] · column + x[1] · row + x[2]`, row likewise by `y`. Each is
 * [batch, 1], or a number where it is the same for all pictures.
 */
export interface Affine {
  x: readonly [Tensor | number, Tensor | number, Tensor | number];
  y: readonly [Tensor | number, Tensor | number, Tensor | number];
}

/** A place outside of an axis of length n, brought inside as the mode says. */
function inside(at: Tensor, n: number, mode: Filling['fill_mode']): Tensor {
  switch (mode) {
    case 'constant':
      return at;
    case 'nearest':
      return tf.clipByValue(at, 0, n - 1);
    case 'reflect': {
      // [abcd] goes on as [dcba|abcd|dcba].
      const around = tf.sub(at, tf.mul(tf.floor(tf.div(at, 2 * n)), 2 * n));
      return tf.clipByValue(tf.minimum(around, tf.sub(2 * n - 1, around)), 0, n - 1);
    }
    case 'wrap':
      return wrapped(at, n);
  }
}

/** As TensorFlow counts: a way of n − 1 leads once around. */
function wrapped(at: Tensor, n: number): Tensor {
  if (n === 1) return tf.zerosLike(at);
  const rounds = tf.floor(tf.div(tf.abs(at), n - 1));
  const before = tf.cast(tf.less(at, 0), 'float32');
  const after = tf.cast(tf.greater(at, n - 1), 'float32');
  const moved = tf.sub(tf.mul(tf.add(rounds, 1), before), tf.mul(rounds, after));
  return tf.clipByValue(tf.add(at, tf.mul(moved, n)), 0, n - 1);
}

const range = (count: number, of: (i: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => of(i));

/** [batch, height, width, channels] → the same shape. */
export function warp(x: Tensor, map: Affine, filling: Filling): Tensor {
  const [batch, height, width, channels] = (x as Tensor4D).shape;
  const places = height * width;
  const columns = tf.tensor2d(
    range(places, (i) => i % width),
    [1, places],
  );
  const rows = tf.tensor2d(
    range(places, (i) => Math.floor(i / width)),
    [1, places],
  );
  const from = ([a, b, c]: Affine['x']): Tensor => tf.add(tf.add(tf.mul(columns, a), tf.mul(rows, b)), c);
  const across = inside(from(map.x), width, filling.fill_mode);
  const down = inside(from(map.y), height, filling.fill_mode);
  const pixels = tf.reshape(x, [batch * places, channels]);
  const first = tf.tensor2d(
    range(batch, (i) => i * places),
    [batch, 1],
  );
  /** The pixels at whole places, [batch, places, channels]. */
  const read = (row: Tensor, column: Tensor): Tensor => {
    const [r, c] = [tf.clipByValue(row, 0, height - 1), tf.clipByValue(column, 0, width - 1)];
    const at = tf.cast(tf.add(tf.add(tf.mul(r, width), c), first), 'int32');
    const values = tf.reshape(tf.gather(pixels, tf.reshape(at, [batch * places])), [batch, places, channels]);
    if (filling.fill_mode !== 'constant') return values;
    const isInside = tf.cast(tf.logicalAnd(tf.equal(r, row), tf.equal(c, column)), 'float32');
    const there = tf.expandDims(tf.add(isInside, tf.zeros([batch, places])), 2);
    return tf.add(tf.mul(values, there), tf.mul(tf.sub(1, there), filling.fill_value));
  };
  const values =
    filling.interpolation === 'nearest'
      ? read(tf.floor(tf.add(down, 0.5)), tf.floor(tf.add(across, 0.5)))
      : blended(read, down, across);
  return tf.reshape(values, x.shape);
}

type Read = (row: Tensor, column: Tensor) => Tensor;

function blended(read: Read, down: Tensor, across: Tensor): Tensor {
  const [top, left] = [tf.floor(down), tf.floor(across)];
  const [bottom, right] = [tf.add(top, 1), tf.add(left, 1)];
  const share = (a: Tensor, b: Tensor): Tensor => tf.expandDims(tf.sub(a, b), 2);
  const line = (row: Tensor): Tensor =>
    tf.add(tf.mul(read(row, left), share(right, across)), tf.mul(read(row, right), share(across, left)));
  return tf.add(tf.mul(line(top), share(bottom, down)), tf.mul(line(bottom), share(down, top)));
}
