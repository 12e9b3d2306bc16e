/**
 * Owns the metrics that are counted while a network runs: each as a sum over the samples of a batch, so that the mean of
 * an epoch is over samples, whatever the batches were.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import { tf } from '../tensorflow';
import { alignedLabels, classIndices } from './judged';

/** A scalar tensor: the metric summed over the batch. */
export type MetricSum = (prediction: Tensor, labels: Tensor) => Tensor;
export interface Metric {
  name: string;
  loss: string;
  sum: MetricSum;
}

type LossTraits = Pick<PlanLoss, 'predictionMeans' | 'labels' | 'task'>;

/** Sum over the batch of the mean over everything else. */
const overSamples = (values: Tensor): Tensor =>
  values.rank <= 1 ? tf.sum(values) : tf.sum(tf.mean(tf.reshape(values, [values.shape[0], -1]), 1));

const matches = (a: Tensor, b: Tensor): Tensor => overSamples(tf.cast(tf.equal(a, b), 'float32'));

function accuracy({ labels: kind, predictionMeans, task }: LossTraits): MetricSum {
  if (task === 'binary') {
    const border = predictionMeans === 'logits' ? 0 : 0.5;
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

/** Errors are measured on probabilities, and against one-hot labels where labels are indices. */
function errors(
  { labels: kind, predictionMeans, task }: LossTraits,
  prediction: Tensor,
  labels: Tensor,
): Tensor {
  const output =
    predictionMeans !== 'logits'
      ? prediction
      : task === 'binary'
        ? tf.sigmoid(prediction)
        : tf.softmax(prediction);
  const target =
    kind === 'index'
      ? tf.cast(tf.oneHot(classIndices(labels, prediction), prediction.shape[prediction.rank - 1]), 'float32')
      : alignedLabels(labels, prediction);
  return tf.sub(output, target);
}

function metricSum(name: string, loss: LossTraits): MetricSum | null {
  switch (name) {
    case 'accuracy':
      return loss.task === 'regression' ? null : accuracy(loss);
    case 'mean_absolute_error':
      return (prediction, labels) => overSamples(tf.abs(errors(loss, prediction, labels)));
    case 'mean_squared_error':
      return (prediction, labels) => overSamples(tf.square(errors(loss, prediction, labels)));
    default:
      throw new Error(`the engine has no metric ${name}`);
  }
}

/** Where the Train block names no metric: what a person asks of that kind of task. */
const usual = (task: PlanLoss['task']): string[] => [
  task === 'regression' ? 'mean_absolute_error' : 'accuracy',
];

/** With several losses each metric carries its loss' block id, as Keras puts the output's name before it. */
export function trainerMetrics(trainer: PlanTrainer, losses: readonly PlanLoss[]): Metric[] {
  return losses.flatMap((loss) => {
    const names = trainer.metrics.length === 0 ? usual(loss.task) : trainer.metrics;
    return names.flatMap((name) => {
      const sum = metricSum(name, loss);
      return sum === null
        ? []
        : [{ name: losses.length === 1 ? name : `${loss.block}_${name}`, loss: loss.block, sum }];
    });
  });
}
