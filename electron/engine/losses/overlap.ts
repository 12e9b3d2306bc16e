/** Owns the losses of overlapping regions, which may judge a batch as one. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import { alignedLabels, EPSILON, type PlaceLosses } from './judged';

const axes = z.array(z.number().int()).nullable().default(null);
const diceSettings = z.object({ axis: axes });
const tverskySettings = diceSettings.extend({
  alpha: z.number().default(0.5),
  beta: z.number().default(0.5),
});

/** The share that prediction and truth have in common, summed along these axes. */
type Overlap = (truth: Tensor, prediction: Tensor, along: number[]) => Tensor;

const diceOverlap: Overlap = (truth, prediction, along) => {
  const both = tf.mul(tf.sum(tf.mul(truth, prediction), along), 2);
  return tf.div(both, tf.add(tf.add(tf.sum(truth, along), tf.sum(prediction, along)), EPSILON));
};

const tverskyOverlap =
  (alpha: number, beta: number): Overlap =>
  (truth, prediction, along) => {
    const both = tf.sum(tf.mul(truth, prediction), along);
    const missed = tf.sum(tf.mul(truth, tf.sub(1, prediction)), along);
    const invented = tf.sum(tf.mul(prediction, tf.sub(1, truth)), along);
    const rest = tf.add(tf.mul(missed, alpha), tf.mul(invented, beta));
    return tf.div(both, tf.add(tf.add(both, rest), EPSILON));
  };

/** 1 − overlap; where the batch is an axis that is summed, every sample has the loss of the whole. */
function overlapLosses(overlap: Overlap, axis: readonly number[] | null, alone: boolean): PlaceLosses {
  return ({ prediction, labels }) => {
    const { rank } = prediction;
    const all = Array.from({ length: rank }, (_, i) => i);
    const wanted = axis === null ? all : axis.map((each) => (each < 0 ? rank + each : each));
    const along = alone ? wanted.filter((each) => each !== 0) : wanted;
    const losses = tf.sub(1, overlap(alignedLabels(labels, prediction), prediction, along));
    return along.includes(0) ? tf.mul(tf.ones([prediction.shape[0]]), tf.mean(losses)) : losses;
  };
}

export const dice = (raw: unknown, alone = false): PlaceLosses =>
  overlapLosses(diceOverlap, diceSettings.parse(raw).axis, alone);

export function tversky(raw: unknown, alone = false): PlaceLosses {
  const { axis, alpha, beta } = tverskySettings.parse(raw);
  return overlapLosses(tverskyOverlap(alpha, beta), axis, alone);
}
