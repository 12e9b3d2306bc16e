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
  iou,
  meanOfDefined,
  precision,
  recall,
  support,
  type ClassCount,
} from './class-counts';
import { metricKind, type Average, type MetricName, type MetricOptions } from './metric-kinds';
import { argmaxRows, classProbabilities } from './probabilities';
import { averagePrecision, rocAuc } from './ranking';
import { r2 } from './regression';

export interface PartAnswers {
  loss: Pick<PlanLoss, 'labels' | 'task' | 'predictionMeans' | 'classes' | 'columns'>;
  /** What the network put out, row-major [..., width]. */
  outputs: Float32Array;
  /** Length of the last axis of the outputs. */
  width: number;
  /** As the loss reads them: class indices, one-hot rows, or values like the outputs. */
  labels: Float32Array;
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

const SCORES = { precision, recall, f1_score: f1, mean_io_u: iou, dice: f1, balanced_accuracy: recall };
const RANKINGS = { auc: rocAuc, average_precision: averagePrecision };
const isScore = (name: string): name is keyof typeof SCORES => Object.hasOwn(SCORES, name);
const isRanking = (name: string): name is keyof typeof RANKINGS => Object.hasOwn(RANKINGS, name);

function ranked(name: keyof typeof RANKINGS, answered: Answered): (number | null)[] {
  const width = answered.labels.length;
  const rows = answered.probabilities.length / width;
  return answered.labels.map((_, label) => {
    const scores = Float32Array.from(
      { length: rows },
      (__, row) => answered.probabilities[row * width + label],
    );
    return RANKINGS[name](scores, (row) => answered.positive(row * width + label));
  });
}

/** The figure of each class. */
const byClass = (name: MetricName, answered: Answered): (number | null)[] => {
  if (isScore(name)) return answered.counts.map(SCORES[name]);
  return isRanking(name) ? ranked(name, answered) : [];
};

function oneFigure(name: MetricName, answered: Answered, average: Exclude<Average, 'none'>): number | null {
  const { counts, isYesOrNo, probabilities, positive } = answered;
  // By their names these two are means over classes, whatever else is averaged how.
  if (name === 'balanced_accuracy' || name === 'mean_io_u') return averaged(SCORES[name], counts, 'macro');
  if (average === 'auto' && isYesOrNo) return byClass(name, answered)[1];
  const how = average === 'auto' ? 'macro' : average;
  if (isScore(name)) return averaged(SCORES[name], counts, how);
  if (isRanking(name) && how === 'micro') return RANKINGS[name](probabilities, positive);
  return meanOfDefined(byClass(name, answered), how === 'weighted' ? counts.map(support) : null);
}

/** Mean over the outputs of what each of them explains, as scikit-learn's `uniform_average`. */
function r2OfOutputs({ outputs, labels, width }: PartAnswers): number | null {
  const column = (values: Float32Array, of: number) => values.filter((_, i) => i % width === of);
  const each = Array.from({ length: width }, (_, of) => r2(column(labels, of), column(outputs, of)));
  return meanOfDefined(each, null);
}

/** Figures by name; with `average` none one for each class, as `f1_score[cat]`. */
export function partMetrics(
  wanted: readonly MetricName[],
  answers: PartAnswers,
  { average }: MetricOptions,
): Figures {
  const figures: Figures = {};
  const asked = wanted.filter((name) => metricKind(name).measured === 'part');
  if (asked.includes('r2_score')) figures.r2_score = r2OfOutputs(answers);
  const ofClasses = asked.filter((name) => metricKind(name).byClass);
  if (ofClasses.length === 0) return figures;
  const answered = answeredBy(answers);
  for (const name of ofClasses) {
    if (average !== 'none') figures[name] = oneFigure(name, answered, average);
    else {
      const each = byClass(name, answered);
      answered.labels.forEach((label, i) => (figures[`${name}[${label}]`] = each[i]));
    }
  }
  return figures;
}
