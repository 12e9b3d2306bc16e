/**
 * Owns the loss of a transcription: all ways to read the symbols out of the steps, added up (Graves et al. 2006, section
 * 4.1, with the logarithms of section 4.2). Symbol 0 is the blank and pads the labels, as in Keras.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { withoutGradient } from '../network/without-gradient';
import { tf } from '../tensorflow';
import type { PlaceLosses } from './judged';

/** The logarithm of what cannot be. Sums of it over all steps stay finite. */
const NEVER = -1e30;

/** Moves the places of a row to the right; nothing comes in from the left. */
const shifted = (rows: Tensor, by: number): Tensor => {
  const [batch, places] = rows.shape;
  return tf.concat(
    [tf.fill([batch, by], NEVER), tf.slice(rows as Tensor2D, [0, 0], [batch, places - by])],
    1,
  );
};

const either = (...logarithms: Tensor[]): Tensor => tf.logSumExp(tf.stack(logarithms, 2), 2);

/** 0 where it holds, else the logarithm of what cannot be. */
const onlyWhere = (holds: Tensor): Tensor => tf.mul(tf.sub(1, tf.cast(holds, 'float32')), NEVER);

/** [batch, length] → [batch, 2 · length + 1]: a blank before, between and after the symbols. */
function withBlanks(labels: Tensor): Tensor {
  const [batch, length] = labels.shape;
  const pairs = tf.reshape(tf.stack([tf.zerosLike(labels), labels], 2), [batch, 2 * length]);
  return tf.concat([pairs, tf.zeros([batch, 1])], 1);
}

/**
 * Prediction [batch, steps, symbols] before a softmax, labels [batch, length] with zeros behind the last symbol; [batch]:
 * −log p(labels). Infinite where there are too few steps for the labels.
 */
export const ctc = (): PlaceLosses => (judged) => {
  const { prediction } = judged;
  const [batch, steps, symbols] = prediction.shape;
  const labels = tf.reshape(judged.labels, [batch, -1]);
  const wanted = withBlanks(labels);
  const places = wanted.shape[1] ?? 1;
  const chosen = tf.cast(tf.oneHot(tf.cast(wanted, 'int32'), symbols ?? 1), 'float32');
  const said = tf.matMul(tf.logSoftmax(prediction), chosen, false, true);
  const at = (step: number): Tensor =>
    tf.reshape(tf.slice(said, [0, step, 0], [batch, 1, places]), [batch, places]);
  // A symbol may follow the last one without a blank between, unless it is the same.
  const before = tf.concat([tf.zeros([batch, Math.min(2, places)]), tf.slice(wanted, [0, 0], [batch, Math.max(0, places - 2)])], 1); // prettier-ignore
  const skips = onlyWhere(tf.logicalAnd(tf.notEqual(wanted, 0), tf.notEqual(wanted, before)));
  const place = tf.range(0, places);
  let reached: Tensor = tf.add(at(0), onlyWhere(tf.less(place, 2)));
  for (let step = 1; step < (steps ?? 1); step++)
    reached = tf.add(either(reached, shifted(reached, 1), tf.add(shifted(reached, 2), skips)), at(step));
  const end = tf.mul(tf.sum(tf.cast(tf.notEqual(labels, 0), 'float32'), 1, true), 2);
  const isEnd = tf.logicalOr(tf.equal(place, end), tf.equal(place, tf.sub(end, 1)));
  const losses = tf.neg(tf.logSumExp(tf.add(reached, onlyWhere(isEnd)), 1));
  const cannotBe = withoutGradient(losses, (values) => tf.greater(values, -NEVER / 2));
  return tf.where(tf.cast(cannotBe, 'bool'), tf.fill([batch], Infinity), losses);
};
