/** Owns the losses of predicted numbers. A distance is computed value by value; a sample's loss is its mean. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { absolute } from '../network/absolute';
import { unitLength } from '../network/own-layers/unit-length';
import { tf } from '../tensorflow';
import { alignedLabels, EPSILON, type PlaceLosses } from './judged';

/** In the shape of both. */
type Distance = (prediction: Tensor, target: Tensor) => Tensor;

const meanOf =
  (distance: Distance) =>
  (): PlaceLosses =>
  ({ prediction, labels }) =>
    distance(prediction, alignedLabels(labels, prediction));

const squared: Distance = (prediction, target) => tf.square(tf.sub(prediction, target));
const plain: Distance = (prediction, target) => absolute(tf.sub(prediction, target));

const inPercent: Distance = (prediction, target) =>
  tf.mul(absolute(tf.div(tf.sub(target, prediction), tf.maximum(tf.abs(target), EPSILON))), 100);

const logarithm = (values: Tensor): Tensor => tf.log(tf.add(tf.maximum(values, EPSILON), 1));
const ofLogarithms: Distance = (prediction, target) => squared(logarithm(prediction), logarithm(target));

/** log(cosh x) as x + log(1 + e⁻²ˣ) − log 2, which overflows nowhere. */
const logCoshOf: Distance = (prediction, target) => {
  const error = tf.sub(prediction, target);
  return tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.log(2));
};

const rate: Distance = (prediction, target) =>
  tf.sub(prediction, tf.mul(target, tf.log(tf.add(prediction, EPSILON))));

/** e² / 2 up to delta, straight on from there. */
const huberOf =
  (delta: number): Distance =>
  (prediction, target) => {
    const size = plain(prediction, target);
    const near = tf.minimum(size, delta);
    return tf.add(tf.mul(tf.square(near), 0.5), tf.mul(tf.sub(size, near), delta));
  };

export const meanSquaredError = meanOf(squared);
export const meanAbsoluteError = meanOf(plain);
export const meanAbsolutePercentageError = meanOf(inPercent);
export const meanSquaredLogarithmicError = meanOf(ofLogarithms);
export const logCosh = meanOf(logCoshOf);
export const poisson = meanOf(rate);

const huberSettings = z.object({ delta: z.number().default(1) });
export const huber = (raw: unknown): PlaceLosses => meanOf(huberOf(huberSettings.parse(raw).delta))();

const cosineSettings = z.object({ axis: z.number().int().default(-1) });

/** −1 where both point the same way. */
export function cosineSimilarity(raw: unknown): PlaceLosses {
  const { axis } = cosineSettings.parse(raw);
  return ({ prediction, labels }) => {
    const along = axis < 0 ? prediction.rank + axis : axis;
    const unit = (values: Tensor) => unitLength(values, along, EPSILON);
    const product = tf.mul(unit(alignedLabels(labels, prediction)), unit(prediction));
    return tf.neg(tf.sum(product, along));
  };
}
