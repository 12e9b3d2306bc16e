/**
 * Owns the losses: for each Keras 3 class the loss of every sample as a tensor [batch], differentiable. Formulas, clipping
 * and smoothing are Keras' (keras/src/losses, TensorFlow backend).
 */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { PlanLoss } from '../../../shared/compiler/plan';
import { absolute } from '../network/absolute';
import { tf } from '../tensorflow';

export interface Judged {
  /** [batch, ...]: what the network puts out. */
  prediction: Tensor;
  /** The values before the softmax or sigmoid that ends the network, where there is one. */
  logits: { kind: 'softmax' | 'sigmoid'; values: Tensor } | null;
  /** [batch, ...], float32; class indices for the sparse loss. */
  labels: Tensor;
}

/** [batch]: one loss for each sample. */
export type SampleLosses = (judged: Judged) => Tensor;

/** Keras keeps probabilities this far from 0 and 1 before it takes the logarithm. */
const EPSILON = 1e-7;
const clipped = (probabilities: Tensor): Tensor => tf.clipByValue(probabilities, EPSILON, 1 - EPSILON);

/** Mean over everything but the batch. */
const perSample = (losses: Tensor): Tensor =>
  losses.rank <= 1 ? losses : tf.mean(tf.reshape(losses, [losses.shape[0], -1]), 1);

/** `[batch]` labels for `[batch, 1]` predictions and the like: the same numbers in the shape of the prediction. */
export const alignedLabels = (labels: Tensor, prediction: Tensor): Tensor =>
  labels.size === prediction.size && labels.rank !== prediction.rank
    ? tf.reshape(labels, prediction.shape)
    : labels;

/** Class indices without a trailing axis of 1, for predictions [batch, ..., classes]. */
export const classIndices = (labels: Tensor, prediction: Tensor): Tensor =>
  tf.cast(tf.reshape(labels, prediction.shape.slice(0, -1)), 'int32');

/** −Σ t · log p, from whatever keeps the most digits. */
function crossEntropy(targets: Tensor, { prediction, logits }: Judged, fromLogits: boolean): Tensor {
  const source = fromLogits ? prediction : logits?.kind === 'softmax' ? logits.values : null;
  const logarithms =
    source === null
      ? tf.log(clipped(tf.div(prediction, tf.sum(prediction, -1, true))))
      : tf.logSoftmax(source);
  return tf.neg(tf.sum(tf.mul(targets, logarithms), -1));
}

const categorical = z.object({
  from_logits: z.boolean().default(false),
  label_smoothing: z.number().default(0),
});

function categoricalCrossentropy(raw: unknown): SampleLosses {
  const { from_logits, label_smoothing: smoothing } = categorical.parse(raw);
  return (judged) => {
    const labels = alignedLabels(judged.labels, judged.prediction);
    const classes = judged.prediction.shape[judged.prediction.rank - 1];
    const targets = smoothing === 0 ? labels : tf.add(tf.mul(labels, 1 - smoothing), smoothing / classes);
    return perSample(crossEntropy(targets, judged, from_logits));
  };
}

function sparseCategoricalCrossentropy(raw: unknown): SampleLosses {
  const { from_logits } = categorical.pick({ from_logits: true }).parse(raw);
  return (judged) => {
    const { prediction, logits } = judged;
    const classes = prediction.shape[prediction.rank - 1];
    const targets = tf.oneHot(classIndices(judged.labels, prediction), classes);
    // From probabilities Keras clips first and normalises in the logarithm, other than for one-hot labels.
    const source = from_logits
      ? prediction
      : logits?.kind === 'softmax'
        ? logits.values
        : tf.log(clipped(prediction));
    return perSample(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(source)), -1)));
  };
}

function binaryCrossentropy(raw: unknown): SampleLosses {
  const { from_logits, label_smoothing: smoothing } = categorical.parse(raw);
  return ({ prediction, logits, labels }) => {
    const aligned = alignedLabels(labels, prediction);
    const targets = smoothing === 0 ? aligned : tf.add(tf.mul(aligned, 1 - smoothing), smoothing / 2);
    const source = from_logits ? prediction : logits?.kind === 'sigmoid' ? logits.values : null;
    // log(1 + eˣ) − t·x is the same as the usual form and overflows nowhere.
    if (source !== null) return perSample(tf.sub(tf.softplus(source), tf.mul(targets, source)));
    const p = clipped(prediction);
    const right = tf.mul(targets, tf.log(p));
    const wrong = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)));
    return perSample(tf.neg(tf.add(right, wrong)));
  };
}

const difference = ({ prediction, labels }: Judged): Tensor =>
  tf.sub(prediction, alignedLabels(labels, prediction));
const meanSquaredError = (): SampleLosses => (judged) => perSample(tf.square(difference(judged)));
const meanAbsoluteError = (): SampleLosses => (judged) => perSample(absolute(difference(judged)));

const losses: Record<string, (config: unknown) => SampleLosses> = {
  CategoricalCrossentropy: categoricalCrossentropy,
  SparseCategoricalCrossentropy: sparseCategoricalCrossentropy,
  BinaryCrossentropy: binaryCrossentropy,
  MeanSquaredError: meanSquaredError,
  MeanAbsoluteError: meanAbsoluteError,
};

/** The loss of a plan as a function of tensors. */
export function lossFunction(loss: Pick<PlanLoss, 'block' | 'class_name' | 'config'>): SampleLosses {
  const make = losses[loss.class_name];
  if (make === undefined) throw new Error(`the engine has no loss ${loss.class_name} (block ${loss.block})`);
  return make(loss.config);
}
