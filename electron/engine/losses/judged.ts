/** Owns what every loss is given, and how labels are brought into the shape of the prediction. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

export interface Judged {
  /** [batch, ...]: what the network puts out. */
  prediction: Tensor;
  /** The values before the softmax or sigmoid that ends the network, where there is one. */
  logits: { kind: 'softmax' | 'sigmoid'; values: Tensor } | null;
  /** [batch, ...], float32; class indices for the sparse loss. */
  labels: Tensor;
  /** Further outputs of the network that the loss reads. */
  others?: readonly Tensor[];
  /** How much each sample counts, [batch], or each place of it, [batch, ...]; absent where all count the same. */
  weights?: Tensor;
}

/** [batch, ...]: a loss for each sample, or for each of its places. */
export type PlaceLosses = (judged: Judged) => Tensor;

/** [batch]: one loss for each sample. */
export type SampleLosses = (judged: Judged) => Tensor;

/** Keras' `epsilon()`: how far it keeps probabilities from 0 and 1 before it takes the logarithm. */
export const EPSILON = 1e-7;
export const clipped = (probabilities: Tensor): Tensor => tf.clipByValue(probabilities, EPSILON, 1 - EPSILON);

/** `weights` count for the places that they name: axes that they lack are those of one place. */
function weighted(losses: Tensor, weights: Tensor): Tensor {
  const { size, shape } = weights;
  const lacking = Math.max(0, losses.rank - shape.length);
  const axes = size === losses.size ? losses.shape : [...shape, ...Array<number>(lacking).fill(1)];
  return tf.mul(losses, tf.reshape(weights, axes));
}

/** The mean over the places of each sample. */
export const ofSamples =
  (places: PlaceLosses): SampleLosses =>
  (judged) => {
    const losses = places(judged);
    return perSample(judged.weights === undefined ? losses : weighted(losses, judged.weights));
  };

/** Mean over everything but the batch. */
export const perSample = (losses: Tensor): Tensor =>
  losses.rank <= 1 ? losses : tf.mean(tf.reshape(losses, [losses.shape[0], -1]), 1);

/** `[batch]` labels for `[batch, 1]` predictions and the like: the same numbers in the shape of the prediction. */
export const alignedLabels = (labels: Tensor, prediction: Tensor): Tensor =>
  labels.size === prediction.size && labels.rank !== prediction.rank
    ? tf.reshape(labels, prediction.shape)
    : labels;

/** Class indices without a trailing axis of 1, for predictions [batch, ..., classes]. */
export const classIndices = (labels: Tensor, prediction: Tensor): Tensor =>
  tf.cast(tf.reshape(labels, prediction.shape.slice(0, -1)), 'int32');

/** Class indices as one-hot vectors [batch, ..., classes], float32. */
export const oneHotLabels = (labels: Tensor, prediction: Tensor): Tensor =>
  tf.cast(tf.oneHot(classIndices(labels, prediction), prediction.shape[prediction.rank - 1] ?? 1), 'float32');
