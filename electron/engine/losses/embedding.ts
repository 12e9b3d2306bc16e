/**
 * Owns the losses of embeddings, which compare the samples of a batch with each other: same classes are to lie close, others
 * apart. What a batch cannot say (a class that occurs once) counts for nothing.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { withoutGradient } from '../network/without-gradient';
import { tf } from '../tensorflow';
import { alignedLabels, type PlaceLosses } from './judged';

/** Larger than every distance and every logarithm of a sum. */
const FAR = 1e30;

/** [batch, batch], 1 or 0: pairs of two samples of one class, pairs of different classes. */
function pairs(labels: Tensor): { same: Tensor; other: Tensor } {
  const classes = tf.reshape(labels, [-1, 1]);
  const equal = tf.cast(tf.equal(classes, tf.transpose(classes)), 'float32');
  return { same: tf.sub(equal, tf.eye(classes.shape[0] ?? 1)), other: tf.sub(1, equal) };
}

/** Sum over the pairs as a mean over the batch would have it. */
const overCount = (losses: Tensor, count: Tensor): Tensor =>
  tf.div(tf.mul(losses, losses.shape[0]), tf.maximum(count, 1));

/** The values where the mask is 1, and what else there is to take. */
const among = (values: Tensor, mask: Tensor, otherwise: number | Tensor): Tensor =>
  tf.where(
    tf.cast(mask, 'bool'),
    values,
    typeof otherwise === 'number' ? tf.fill(values.shape, otherwise) : otherwise,
  );

const circleSettings = z.object({
  gamma: z.number().default(80),
  margin: z.number().default(0.4),
  remove_diagonal: z.boolean().default(true),
});

/** Sun et al., Circle loss (2020), as in Keras: embeddings [batch, width] of length 1, class numbers [batch]. */
export function circle(raw: unknown): PlaceLosses {
  const { gamma, margin, remove_diagonal } = circleSettings.parse(raw);
  return ({ prediction, labels }) => {
    const { same: others, other } = pairs(labels);
    const same = remove_diagonal ? others : tf.add(others, tf.eye(prediction.shape[0]));
    const product = tf.matMul(prediction, prediction, false, true);
    const distance = tf.maximum(tf.sub(1, product), 0);
    const pull = tf.mul(tf.maximum(tf.add(distance, margin), 0), tf.sub(distance, margin));
    const push = tf.mul(tf.maximum(tf.sub(1 + margin, distance), 0), tf.sub(1 - margin, distance));
    const sum = (values: Tensor, mask: Tensor) => tf.logSumExp(among(tf.mul(values, gamma), mask, -FAR), 1);
    const losses = tf.softplus(tf.add(sum(pull, same), sum(push, other)));
    return overCount(
      losses,
      withoutGradient(losses, (all) => tf.sum(tf.cast(tf.greater(all, 0), 'float32'))),
    );
  };
}

const contrastiveSettings = z.object({ margin: z.number().default(1) });

/** Hadsell et al. (2006): distances [batch, 1] of pairs, labels 1 where both are the same and 0 where they are not. */
export function contrastive(raw: unknown): PlaceLosses {
  const { margin } = contrastiveSettings.parse(raw);
  return ({ prediction, labels }) => {
    const same = alignedLabels(labels, prediction);
    const lack = tf.maximum(tf.sub(margin, prediction), 0);
    return tf.add(tf.mul(same, tf.square(prediction)), tf.mul(tf.sub(1, same), tf.square(lack)));
  };
}

/** Below it the root has no slope that could be used. */
const NEAR = 1e-12;

/** [batch, batch], Euclidean or its square. */
function distances(embeddings: Tensor, squared: boolean): Tensor {
  const lengths = tf.sum(tf.square(embeddings), 1, true);
  const product = tf.matMul(embeddings, embeddings, false, true);
  const apart = tf.sub(tf.add(lengths, tf.transpose(lengths)), tf.mul(product, 2));
  return squared ? tf.maximum(apart, 0) : tf.sqrt(tf.maximum(apart, NEAR));
}

/** [batch, batch]: for each pair of one class the other class' distance that it is held against. */
function semiHard(distance: Tensor, other: Tensor): Tensor {
  const toOthers = tf.expandDims(distance, 1);
  const candidates = withoutGradient(distance, (all) =>
    tf.logicalAnd(
      tf.greater(tf.expandDims(all, 1), tf.expandDims(all, 2)),
      tf.cast(tf.expandDims(other, 1), 'bool'),
    ),
  );
  const hasSome = tf.max(candidates, 2);
  const nearest = tf.min(among(tf.mul(toOthers, tf.onesLike(candidates)), candidates, FAR), 2);
  const farthest = tf.max(among(distance, other, -FAR), 1, true);
  return among(nearest, hasSome, tf.mul(farthest, tf.onesLike(nearest)));
}

const tripletSettings = z.object({
  margin: z.number().default(1),
  squared: z.boolean().default(false),
  mining: z.enum(['semi-hard', 'hard']).default('semi-hard'),
});

/**
 * Schroff et al., FaceNet (2015), section 3.2: each pair of one class against the nearest sample of another class that is
 * farther away, or where there is none the farthest. `hard`: each sample's farthest of its class against its nearest of another
 * (Hermans et al. 2017). Embeddings [batch, width], class numbers [batch].
 */
export function triplet(raw: unknown): PlaceLosses {
  const { margin, squared, mining } = tripletSettings.parse(raw);
  return ({ prediction, labels }) => {
    const { same, other } = pairs(labels);
    const distance = distances(prediction, squared);
    const lack = (near: Tensor, far: Tensor) => tf.maximum(tf.add(tf.sub(near, far), margin), 0);
    const hasOther = tf.max(other, 1, true);
    if (mining === 'hard') {
      const counts = tf.squeeze(tf.mul(tf.max(same, 1, true), hasOther), [1]);
      const [farthest, nearest] = [
        tf.max(among(distance, same, 0), 1),
        tf.min(among(distance, other, FAR), 1),
      ];
      return overCount(among(lack(farthest, nearest), counts, 0), tf.sum(counts));
    }
    const counted = tf.mul(same, hasOther);
    const losses = among(lack(distance, semiHard(distance, other)), counted, 0);
    return overCount(tf.sum(losses, 1), tf.sum(counted));
  };
}
