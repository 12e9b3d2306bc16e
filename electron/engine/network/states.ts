/** Owns the rows of a state that a stateful layer keeps from batch to batch: a shorter batch has the first of them. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

/** [rows, ...] of what was kept; zeros of the shape of `like` where nothing was. */
export function rowsOfState(kept: Tensor | undefined, like: Tensor, rows: number): Tensor {
  const shape = [rows, ...like.shape.slice(1)];
  if (kept === undefined) return tf.zeros(shape);
  return kept.shape[0] === rows
    ? tf.clone(kept)
    : tf.slice(
        kept,
        shape.map(() => 0),
        shape,
      );
}

/** The whole state after a batch: rows that it did not have stay as they were. */
export function stateAfter(before: Tensor, value: Tensor): Tensor {
  const [rows, ...rest] = value.shape;
  const others = before.shape[0] - rows;
  if (others === 0) return value;
  return tf.concat([value, tf.slice(before, [rows, ...rest.map(() => 0)], [others, ...rest])], 0);
}
