/** Owns the losses of probabilities: cross-entropies, focal losses and what is near to them. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../tensorflow';
import { alignedLabels, clipped, EPSILON, oneHotLabels, type Judged, type PlaceLosses } from './judged';

const settings = z.object({
  from_logits: z.boolean().default(false),
  label_smoothing: z.number().default(0),
  /** Not of Keras. false: the logarithm as it stands in books, infinite at 0. */
  clip: z.boolean().default(true),
});

/** Between the label and all answers being equally right. */
const smoothed = (labels: Tensor, amount: number, answers: number): Tensor =>
  amount === 0 ? labels : tf.add(tf.mul(labels, 1 - amount), amount / answers);

/** The values before a squash, where the loss may compute from them. */
const logitsOf = ({ prediction, logits }: Judged, kind: 'softmax' | 'sigmoid', fromLogits: boolean) =>
  fromLogits ? prediction : logits?.kind === kind ? logits.values : null;

const classesOf = ({ prediction }: Judged): number => prediction.shape[prediction.rank - 1] ?? 1;

/** −Σ t · log p, from whatever keeps the most digits. */
function crossEntropy(targets: Tensor, judged: Judged, fromLogits: boolean, clip: boolean): Tensor {
  const { prediction } = judged;
  const source = logitsOf(judged, 'softmax', fromLogits);
  const logarithms = !clip
    ? tf.log(fromLogits ? tf.softmax(prediction) : prediction)
    : source === null
      ? tf.log(clipped(tf.div(prediction, tf.sum(prediction, -1, true))))
      : tf.logSoftmax(source);
  return tf.neg(tf.sum(tf.mul(targets, logarithms), -1));
}

export function categoricalCrossentropy(raw: unknown): PlaceLosses {
  const { from_logits, label_smoothing, clip } = settings.parse(raw);
  return (judged) => {
    const labels = alignedLabels(judged.labels, judged.prediction);
    const targets = smoothed(labels, label_smoothing, classesOf(judged));
    return crossEntropy(targets, judged, from_logits, clip);
  };
}

export function sparseCategoricalCrossentropy(raw: unknown): PlaceLosses {
  const { from_logits, clip } = settings.parse(raw);
  return (judged) => {
    const { prediction, labels } = judged;
    const targets = oneHotLabels(labels, prediction);
    if (!clip) return crossEntropy(targets, judged, from_logits, clip);
    // From probabilities Keras clips first and normalises in the logarithm, other than for one-hot labels.
    const source = logitsOf(judged, 'softmax', from_logits) ?? tf.log(clipped(prediction));
    return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(source)), -1));
  };
}

/** For each output, in the shape of the prediction. */
function binaryEntropy(targets: Tensor, judged: Judged, fromLogits: boolean, clip: boolean): Tensor {
  const { prediction } = judged;
  const source = clip ? logitsOf(judged, 'sigmoid', fromLogits) : null;
  // log(1 + eˣ) − t·x is the same as the usual form and overflows nowhere.
  if (source !== null) return tf.sub(tf.softplus(source), tf.mul(targets, source));
  const bare = fromLogits ? tf.sigmoid(prediction) : prediction;
  const p = clip ? clipped(bare) : bare;
  const right = tf.mul(targets, tf.log(p));
  const wrong = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)));
  return tf.neg(tf.add(right, wrong));
}

export function binaryCrossentropy(raw: unknown): PlaceLosses {
  const { from_logits, label_smoothing, clip } = settings.parse(raw);
  return (judged) => {
    const targets = smoothed(alignedLabels(judged.labels, judged.prediction), label_smoothing, 2);
    return binaryEntropy(targets, judged, from_logits, clip);
  };
}

const focal = settings.extend({
  gamma: z.number().default(2),
  alpha: z.number().default(0.25),
  apply_class_balancing: z.boolean().default(false),
});

/** Lin et al., Focal loss for dense object detection (2017), as in Keras. */
export function binaryFocalCrossentropy(raw: unknown): PlaceLosses {
  const { from_logits, label_smoothing, gamma, alpha, apply_class_balancing } = focal.parse(raw);
  return (judged) => {
    const { prediction } = judged;
    const targets = smoothed(alignedLabels(judged.labels, prediction), label_smoothing, 2);
    const p = from_logits ? tf.sigmoid(prediction) : prediction;
    const others = tf.sub(1, targets);
    const right = tf.add(tf.mul(targets, p), tf.mul(others, tf.sub(1, p)));
    const entropy = binaryEntropy(targets, judged, from_logits, true);
    const losses = tf.mul(tf.pow(tf.sub(1, right), gamma), entropy);
    const weights = tf.add(tf.mul(targets, alpha), tf.mul(others, 1 - alpha));
    return apply_class_balancing ? tf.mul(weights, losses) : losses;
  };
}

export function categoricalFocalCrossentropy(raw: unknown): PlaceLosses {
  const { from_logits, label_smoothing, gamma, alpha } = focal.parse(raw);
  return (judged) => {
    const { prediction, labels } = judged;
    const targets = smoothed(alignedLabels(labels, prediction), label_smoothing, classesOf(judged));
    const probabilities = from_logits ? tf.softmax(prediction) : prediction;
    const p = clipped(tf.div(probabilities, tf.sum(probabilities, -1, true)));
    const factor = tf.mul(tf.pow(tf.sub(1, p), gamma), alpha);
    return tf.neg(tf.sum(tf.mul(factor, tf.mul(targets, tf.log(p))), -1));
  };
}

const generalized = z.object({ q: z.number().default(0.5) });

/** Zhang and Sabuncu, Generalized cross entropy loss (2018): (1 − p^q) / q of the true class. */
export function categoricalGeneralizedCrossEntropy(raw: unknown): PlaceLosses {
  const { q } = generalized.parse(raw);
  return ({ prediction, labels }) => {
    const p = tf.sum(tf.mul(prediction, oneHotLabels(labels, prediction)), -1);
    return tf.div(tf.sub(1, tf.pow(p, q)), q);
  };
}

export const klDivergence = (): PlaceLosses => (judged) => {
  const kept = (values: Tensor) => tf.clipByValue(values, EPSILON, 1);
  const [truth, p] = [kept(alignedLabels(judged.labels, judged.prediction)), kept(judged.prediction)];
  return tf.sum(tf.mul(truth, tf.log(tf.div(truth, p))), -1);
};
