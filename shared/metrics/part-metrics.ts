/**
 * Owns the metrics that need all predictions of a part of the data. Numbers in, numbers out; rows are samples, or every
 * place of every map.
 */
import type { PlanLoss } from '../compiler/plan';
import {
  averaged,
  countClasses,
  countQuestions,
  f1,
  fBeta,
  iou,
  meanOfDefined,
  precision,
  recall,
  support,
  type ClassCount,
  type Score,
} from './class-counts';
import { metricKind, type Average, type MetricName, type MetricOptions } from './metric-kinds';
import { argmaxRows, classProbabilities } from './probabilities';
import { averagePrecision, bestAt, rocAuc } from './ranking';
import { concordance, pearson, r2 } from './regression';
import { labelErrorRate } from './transcription';

export interface PartAnswers {
  loss: Pick<PlanLoss, 'labels' | 'task' | 'predictionMeans' | 'classes' | 'columns'>;
  /** What the network put out, row-major [..., width]. */
  outputs: Float32Array;
  /** Length of the last axis of the outputs. */
  width: number;
  /** As the loss reads them: class indices, one-hot rows, or values like the outputs. */
  labels: Float32Array;
  /** How many samples there are, each of which may have many places. */
  samples: number;
}

type Figures = Record<string, number | null>;

/** Answers of one class for each row, or of yes or no for each output. */
interface Answered {
  /** One for each class or question. */
  labels: readonly string[];
  counts: readonly ClassCount[];
  /** Row-major [rows, labels]. */
  probabilities: Float32Array;
  /** Whether this place of `probabilities` is of the true class. */
  positive: (place: number) => boolean;
  /** Two classes of one question: the second one is the yes. */
  isYesOrNo: boolean;
}

const names = (count: number, given: readonly string[] | undefined): readonly string[] =>
  given?.length === count ? given : Array.from({ length: count }, (_, i) => String(i));

/** One of several classes for each row; of a single output, the class 0 or 1. */
function oneOfClasses({ loss, outputs, width, labels }: PartAnswers): Answered {
  const isYesOrNo = width === 1;
  const classes = isYesOrNo ? 2 : width;
  const probabilities = classProbabilities(outputs, width, loss);
  const truth = isYesOrNo
    ? Int32Array.from(labels, (label) => (label > 0.5 ? 1 : 0))
    : loss.labels === 'one-hot'
      ? argmaxRows(labels, width)
      : Int32Array.from(labels);
  const given = names(classes, loss.classes);
  return {
    labels: given,
    counts: countClasses(truth, argmaxRows(probabilities, classes), given),
    probabilities,
    positive: (place) => truth[Math.floor(place / classes)] === place % classes,
    isYesOrNo,
  };
}

/** A yes or no for each output. */
function questions({ loss, outputs, width, labels }: PartAnswers): Answered {
  const probabilities = classProbabilities(outputs, width, loss);
  const [truth, answered] = [labels, probabilities].map((values) =>
    Uint8Array.from(values, (value) => (value > 0.5 ? 1 : 0)),
  );
  const given = names(width, loss.classes);
  return {
    labels: given,
    counts: countQuestions(truth, answered, given),
    probabilities,
    positive: (place) => truth[place] === 1,
    isYesOrNo: false,
  };
}

const answeredBy = (answers: PartAnswers): Answered =>
  answers.loss.task === 'binary' && answers.width > 1 ? questions(answers) : oneOfClasses(answers);

/** From the counts of a class. */
const scores = ({ beta }: MetricOptions): Partial<Record<MetricName, Score>> => ({
  precision,
  recall,
  f1_score: f1,
  fbeta_score: fBeta(beta),
  mean_io_u: iou,
  dice: f1,
  balanced_accuracy: recall,
});

type Ranking = typeof rocAuc;
/** From the order of the probabilities of a class. */
const rankings = ({ at }: MetricOptions): Partial<Record<MetricName, Ranking>> => ({
  auc: rocAuc,
  average_precision: averagePrecision,
  precision_at_recall: bestAt('precision', 'recall', at),
  recall_at_precision: bestAt('recall', 'precision', at),
  sensitivity_at_specificity: bestAt('recall', 'specificity', at),
  specificity_at_sensitivity: bestAt('specificity', 'recall', at),
});

/** Counts of a class among so many answers. */
const TALLIES: Partial<Record<MetricName, (count: ClassCount, rows: number) => number>> = {
  true_positives: ({ hits }) => hits,
  true_negatives: ({ hits, misses, falseAlarms }, rows) => rows - hits - misses - falseAlarms,
  false_positives: ({ falseAlarms }) => falseAlarms,
  false_negatives: ({ misses }) => misses,
};

function ranked(ranking: Ranking, answered: Answered): (number | null)[] {
  const width = answered.labels.length;
  const rows = answered.probabilities.length / width;
  return answered.labels.map((_, label) => {
    const of = Float32Array.from({ length: rows }, (__, row) => answered.probabilities[row * width + label]);
    return ranking(of, (row) => answered.positive(row * width + label));
  });
}

/** The figure of each class. */
function byClass(name: MetricName, answered: Answered, options: MetricOptions): (number | null)[] {
  const { counts, labels, probabilities } = answered;
  const [score, ranking, tally] = [scores(options)[name], rankings(options)[name], TALLIES[name]];
  if (score) return counts.map(score);
  if (ranking) return ranked(ranking, answered);
  return tally ? counts.map((count) => tally(count, probabilities.length / labels.length)) : [];
}

function oneFigure(
  name: MetricName,
  answered: Answered,
  average: Exclude<Average, 'none'>,
  options: MetricOptions,
): number | null {
  const { counts, isYesOrNo, probabilities, positive } = answered;
  const [score, ranking] = [scores(options)[name], rankings(options)[name]];
  // By their names these two are means over classes, whatever else is averaged how.
  if (score && (name === 'balanced_accuracy' || name === 'mean_io_u'))
    return averaged(score, counts, 'macro');
  const each = byClass(name, answered, options);
  if (average === 'auto' && isYesOrNo) return each[1];
  if (TALLIES[name]) return each.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const how = average === 'auto' ? 'macro' : average;
  if (score) return averaged(score, counts, how);
  if (ranking && how === 'micro') return ranking(probabilities, positive);
  return meanOfDefined(each, how === 'weighted' ? counts.map(support) : null);
}

const OF_NUMBERS: Partial<Record<MetricName, typeof r2>> = {
  r2_score: r2,
  pearson_correlation: pearson,
  concordance_correlation: concordance,
};

/** Mean over the outputs, as scikit-learn's `uniform_average`. */
function ofOutputs(measure: typeof r2, { outputs, labels, width }: PartAnswers): number | null {
  const column = (values: Float32Array, of: number) => values.filter((_, i) => i % width === of);
  const each = Array.from({ length: width }, (_, of) => measure(column(labels, of), column(outputs, of)));
  return meanOfDefined(each, null);
}

/** Figures by name; with `average` none one for each class, as `f1_score[cat]`. */
export function partMetrics(
  wanted: readonly MetricName[],
  answers: PartAnswers,
  options: MetricOptions,
): Figures {
  const { average } = options;
  const figures: Figures = {};
  const asked = wanted.filter((name) => metricKind(name).measured === 'part');
  for (const name of asked) {
    const measure = OF_NUMBERS[name];
    if (measure) figures[name] = ofOutputs(measure, answers);
  }
  if (asked.includes('label_error_rate'))
    figures.label_error_rate = labelErrorRate(answers.outputs, answers.labels, {
      samples: answers.samples,
      symbols: answers.width,
    });
  const ofClasses = asked.filter((name) => metricKind(name).byClass);
  if (ofClasses.length === 0) return figures;
  const answered = answeredBy(answers);
  for (const name of ofClasses) {
    if (average !== 'none') figures[name] = oneFigure(name, answered, average, options);
    else {
      const each = byClass(name, answered, options);
      answered.labels.forEach((label, i) => (figures[`${name}[${label}]`] = each[i]));
    }
  }
  return figures;
}
