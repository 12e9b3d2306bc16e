/**
 * Owns the list of metrics that a Train block can ask for: Keras' and scikit-learn's names, which way is better, and how
 * each is measured. The settings of the block, the engine, the choice of the best epoch and the curves read it.
 */
import type { PlanLoss } from '../compiler/plan';

export interface MetricKind {
  title: string;
  better: 'higher' | 'lower';
  /** Which losses it can be measured for: of classes, of one of several classes only, of numbers, of both, of read symbols. */
  of: 'classes' | 'choice' | 'numbers' | 'both' | 'symbols';
  /**
   * `batch`: a mean over samples (or a function of one), counted while the network runs. `part`: worked out from all
   * predictions of a part of the data; a mean over batches would be another figure, so there is none while it learns.
   */
  measured: 'batch' | 'part';
  /** A share from 0 to 1, shown in percent. */
  isShare?: true;
  /** One figure for each class, and an average over classes. */
  byClass?: true;
}

const batch = (title: string, better: MetricKind['better'], of: MetricKind['of']): MetricKind => ({
  title,
  better,
  of,
  measured: 'batch',
});
const ofClasses = (title: string): MetricKind => ({
  title,
  better: 'higher',
  of: 'classes',
  measured: 'part',
  byClass: true,
});

const ofNumbers = (title: string): MetricKind => ({
  title,
  better: 'higher',
  of: 'numbers',
  measured: 'part',
});

export const METRICS = {
  accuracy: { ...batch('Accuracy', 'higher', 'classes'), isShare: true },
  top_k_categorical_accuracy: { ...batch('Top-k accuracy', 'higher', 'choice'), isShare: true },
  balanced_accuracy: { ...ofClasses('Balanced accuracy'), isShare: true },
  precision: ofClasses('Precision'),
  recall: ofClasses('Recall'),
  f1_score: ofClasses('F1'),
  fbeta_score: ofClasses('F-beta'),
  auc: ofClasses('Area under the ROC curve'),
  average_precision: ofClasses('Average precision'),
  precision_at_recall: ofClasses('Precision at recall'),
  recall_at_precision: ofClasses('Recall at precision'),
  sensitivity_at_specificity: ofClasses('Sensitivity at specificity'),
  specificity_at_sensitivity: ofClasses('Specificity at sensitivity'),
  true_positives: ofClasses('True positives'),
  true_negatives: ofClasses('True negatives'),
  false_positives: { ...ofClasses('False positives'), better: 'lower' },
  false_negatives: { ...ofClasses('False negatives'), better: 'lower' },
  mean_io_u: ofClasses('Mean IoU'),
  dice: ofClasses('Dice'),
  perplexity: batch('Perplexity', 'lower', 'classes'),
  categorical_crossentropy: batch('Cross-entropy', 'lower', 'classes'),
  kl_divergence: batch('KL divergence', 'lower', 'choice'),
  hinge: batch('Hinge', 'lower', 'classes'),
  squared_hinge: batch('Squared hinge', 'lower', 'classes'),
  categorical_hinge: batch('Categorical hinge', 'lower', 'choice'),
  mean_absolute_error: batch('Mean absolute error', 'lower', 'both'),
  mean_squared_error: batch('Mean squared error', 'lower', 'both'),
  root_mean_squared_error: batch('Root mean squared error', 'lower', 'both'),
  mean_absolute_percentage_error: batch('Mean absolute percentage error', 'lower', 'numbers'),
  mean_squared_logarithmic_error: batch('Mean squared logarithmic error', 'lower', 'numbers'),
  logcosh: batch('Log-cosh error', 'lower', 'numbers'),
  poisson: batch('Poisson deviance', 'lower', 'numbers'),
  cosine_similarity: batch('Cosine similarity', 'higher', 'both'),
  r2_score: ofNumbers('R²'),
  pearson_correlation: ofNumbers('Pearson correlation'),
  concordance_correlation: ofNumbers('Concordance correlation'),
  psnr: batch('Peak signal-to-noise ratio', 'higher', 'numbers'),
  label_error_rate: { title: 'Label error rate', better: 'lower', of: 'symbols', measured: 'part' },
} as const satisfies Record<string, MetricKind>;
export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

export const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);
export const metricKind = (name: MetricName): MetricKind => METRICS[name];

/** How figures of classes become one: scikit-learn's words. `auto`: of the class 1 for yes or no, else `macro`. */
export const AVERAGES = ['auto', 'macro', 'micro', 'weighted', 'none'] as const;
export type Average = (typeof AVERAGES)[number];

export interface MetricOptions {
  /** An answer counts as right where the true class is among this many. */
  top_k: number;
  average: Average;
  /** Of `psnr`: the largest value that a pixel can have. */
  max_val: number;
  /** Of `fbeta_score`: how many times as much recall counts as precision. */
  beta: number;
  /** Of those that are measured *at* a share: the share that the other one must reach. */
  at: number;
}
export const METRIC_DEFAULTS: MetricOptions = { top_k: 5, average: 'auto', max_val: 1, beta: 1, at: 0.5 };

export const measures = (name: MetricName, { task }: Pick<PlanLoss, 'task'>): boolean => {
  const { of } = metricKind(name);
  switch (task) {
    case 'classification':
      return of === 'classes' || of === 'choice' || of === 'both';
    case 'binary':
      return of === 'classes' || of === 'both';
    case 'regression':
      return of === 'numbers' || of === 'both';
    case 'transcription':
      return of === 'symbols';
    case 'other':
      return false;
  }
};

/** What a person asks of such tasks where the Train block names no metric. */
export const defaultMetrics = (tasks: readonly PlanLoss['task'][]): MetricName[] => [
  ...(tasks.includes('classification') || tasks.includes('binary') ? (['accuracy'] as const) : []),
  ...(tasks.includes('regression') ? (['mean_absolute_error'] as const) : []),
  ...(tasks.includes('transcription') ? (['label_error_rate'] as const) : []),
];

/** With several losses each figure carries its loss' block id, as Keras puts the output's name before it. */
export const figureName = (figure: string, block: string, losses: number): string =>
  losses === 1 ? figure : `${block}_${figure}`;

/** The metric that a figure of a run is: behind `val_`, a loss' block id, and before a class in brackets. */
export function metricOf(figure: string): MetricName | null {
  const bare = figure.replace(/^val_/, '').replace(/\[.*\]$/, '');
  if (isMetric(bare)) return bare;
  return (
    METRIC_NAMES.filter((name) => bare.endsWith(`_${name}`)).sort((a, b) => b.length - a.length)[0] ?? null
  );
}
