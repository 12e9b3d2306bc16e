/**
 * Owns the metrics that are counted while a network runs: each as a sum over the samples of a batch, so that the mean of
 * an epoch is over samples, whatever the batches were. Those that need all predictions are in shared/metrics.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import {
  defaultMetrics,
  figureName,
  isMetric,
  measures,
  METRIC_DEFAULTS,
  type MetricName,
  type MetricOptions,
} from '../../../shared/metrics/metric-kinds';
import { tf } from '../tensorflow';
import { alignedLabels, classIndices, oneHotLabels, perSample } from './judged';
import { lossOfClass, type LossClass } from './losses';

/** A scalar tensor: the metric summed over the batch. `mean` is the mean of the loss over the batch, without its weight. */
export type MetricSum = (prediction: Tensor, labels: Tensor, mean: Scalar) => Tensor;
export interface Metric {
  name: string;
  loss: string;
  sum: MetricSum;
  /** Of the mean over the samples: what is shown. */
  finish: (mean: number) => number;
}

type LossTraits = Pick<PlanLoss, 'predictionMeans' | 'labels' | 'task'>;

/** Sum over the batch of the mean over everything else. */
const overSamples = (values: Tensor): Tensor => tf.sum(perSample(values));

const matches = (a: Tensor, b: Tensor): Tensor => overSamples(tf.cast(tf.equal(a, b), 'float32'));

function accuracy({ labels: kind, predictionMeans, task }: LossTraits): MetricSum {
  if (task === 'binary') {
    const border = predictionMeans === 'probabilities' ? 0.5 : 0;
    return (prediction, labels) => {
      const aligned = alignedLabels(labels, prediction);
      return matches(tf.greater(prediction, border), tf.greater(aligned, 0.5));
    };
  }
  return (prediction, labels) =>
    matches(
      tf.argMax(prediction, -1),
      kind === 'index' ? classIndices(labels, prediction) : tf.argMax(alignedLabels(labels, prediction), -1),
    );
}

/** A label for each output: one-hot where labels are indices, 0 and 1 where they are −1 and 1. */
function target(
  { labels: kind, predictionMeans, task }: LossTraits,
  prediction: Tensor,
  labels: Tensor,
): Tensor {
  if (kind === 'index') return oneHotLabels(labels, prediction);
  const aligned = alignedLabels(labels, prediction);
  return task === 'binary' && predictionMeans === 'scores'
    ? tf.cast(tf.greater(aligned, 0.5), 'float32')
    : aligned;
}

/** Whether fewer than k classes have a higher value than the true one, as Keras' `in_top_k`. */
const topK =
  (loss: LossTraits, k: number): MetricSum =>
  (prediction, labels) => {
    const truth = target(loss, prediction, labels);
    const own = tf.sum(tf.mul(prediction, truth), -1, true);
    const higher = tf.sum(tf.cast(tf.greater(prediction, own), 'float32'), -1);
    return overSamples(tf.cast(tf.less(higher, k), 'float32'));
  };

/** Errors are measured on probabilities, and against one-hot labels where labels are indices. */
function judgedBy(loss: LossTraits, prediction: Tensor, labels: Tensor) {
  const areProbabilities = loss.predictionMeans === 'probabilities' || loss.task === 'regression';
  const squashed = () => (loss.task === 'binary' ? tf.sigmoid(prediction) : tf.softmax(prediction));
  return {
    prediction: areProbabilities ? prediction : squashed(),
    logits: null,
    labels: target(loss, prediction, labels),
  };
}

/** The loss of that class as a metric. */
const asMetric =
  (class_name: LossClass, sign: 1 | -1 = 1) =>
  (loss: LossTraits): MetricSum => {
    const losses = lossOfClass(class_name);
    return (prediction, labels) => {
      const sum = tf.sum(losses(judgedBy(loss, prediction, labels)));
      return sign === 1 ? sum : tf.neg(sum);
    };
  };

/** The loss of that class on what the network puts out as it is: a margin is one of scores. */
const ofScores =
  (class_name: LossClass) =>
  (loss: LossTraits): MetricSum => {
    const losses = lossOfClass(class_name);
    return (prediction, labels) =>
      tf.sum(losses({ prediction, logits: null, labels: target(loss, prediction, labels) }));
  };

/** 10 · log10(max² / squared error) of each sample. */
const psnr =
  (loss: LossTraits, { max_val }: MetricOptions): MetricSum =>
  (prediction, labels) => {
    const errors = lossOfClass('MeanSquaredError')(judgedBy(loss, prediction, labels));
    return tf.sum(tf.mul(tf.log(tf.div(max_val ** 2, errors)), 10 / Math.LN10));
  };

const meanSquared = asMetric('MeanSquaredError');
type MakeSum = (loss: LossTraits, options: MetricOptions) => MetricSum;
const crossEntropy: MakeSum = (loss) =>
  asMetric(loss.task === 'binary' ? 'BinaryCrossentropy' : 'CategoricalCrossentropy')(loss);

const SUMS: Partial<Record<MetricName, MakeSum>> = {
  accuracy,
  top_k_categorical_accuracy: (loss, { top_k }) => topK(loss, top_k),
  perplexity: crossEntropy,
  categorical_crossentropy: crossEntropy,
  kl_divergence: asMetric('KLDivergence'),
  hinge: ofScores('Hinge'),
  squared_hinge: ofScores('SquaredHinge'),
  categorical_hinge: ofScores('CategoricalHinge'),
  mean_absolute_error: asMetric('MeanAbsoluteError'),
  mean_squared_error: meanSquared,
  root_mean_squared_error: meanSquared,
  mean_absolute_percentage_error: asMetric('MeanAbsolutePercentageError'),
  mean_squared_logarithmic_error: asMetric('MeanSquaredLogarithmicError'),
  logcosh: asMetric('LogCosh'),
  poisson: asMetric('Poisson'),
  cosine_similarity: asMetric('CosineSimilarity', -1),
  psnr,
};
const FINISH: Partial<Record<MetricName, (mean: number) => number>> = {
  root_mean_squared_error: Math.sqrt,
  perplexity: Math.exp,
};
const asItIs = (mean: number): number => mean;

/** What a trainer asks of a loss. */
export function askedMetrics(trainer: PlanTrainer, loss: PlanLoss): MetricName[] {
  const names = trainer.metrics.length === 0 ? defaultMetrics([loss.task]) : trainer.metrics;
  return names
    .map((name) => {
      if (!isMetric(name)) throw new Error(`the engine has no metric ${name}`);
      return name;
    })
    .filter((name) => measures(name, loss));
}

export const metricOptions = ({ metric_options }: PlanTrainer): MetricOptions =>
  metric_options ?? METRIC_DEFAULTS;

/** Of several losses each has its own figure too, without its weight and the penalties. */
const ownLoss = (block: string): Metric => ({
  name: figureName('loss', block, 2),
  loss: block,
  sum: (prediction, _labels, mean) => tf.mul(mean, prediction.shape[0]),
  finish: asItIs,
});

export function trainerMetrics(trainer: PlanTrainer, losses: readonly PlanLoss[]): Metric[] {
  const options = metricOptions(trainer);
  return losses.flatMap((loss) => [
    ...(losses.length > 1 ? [ownLoss(loss.block)] : []),
    ...askedMetrics(trainer, loss).flatMap((name): Metric[] => {
      const sum = SUMS[name]?.(loss, options);
      if (sum === undefined) return [];
      const finish = FINISH[name] ?? asItIs;
      return [{ name: figureName(name, loss.block, losses.length), loss: loss.block, sum, finish }];
    }),
  ]);
}

/** Means over `n` samples from sums over them, by name. */
export const meansOf = (
  metrics: readonly Metric[],
  sums: Readonly<Record<string, number>>,
  n: number,
): Record<string, number> =>
  Object.fromEntries(metrics.map(({ name, finish }) => [name, finish((sums[name] ?? 0) / n)]));
