/**
 * Owns what the figures of a run's end give away: from how few samples they are, which of them are undefined, parts that do
 * not match, samples that were never learned from. Numbers in, sentences out; what the epochs show is in run-diagnostics.
 */
import { MOST_TELLING_FIRST } from '../document/facts';
import type { MetricValues, Report, RunDiagnostic } from '../protocol/run';
import { count, intervalOf, shareOf, titleOf } from './counted-share';
import { figure, percent } from './run-figures';

export interface FinalFigures {
  /** Of the kept weights. */
  metrics: Report['metrics'];
  /** Of the training part: how many there are, how many a step has learned from, and how many weigh nothing. */
  training: { samples: number; seen: number; weightless: number };
  /** Complete ones. */
  epochs: number;
}

/** `block`: the Train block. */
type Rule = (figures: FinalFigures, block: string) => RunDiagnostic | null;

/** Half of the 95 % interval: beyond it a figure says little. */
const UNSURE = 0.05;

const metricSample: Rule = ({ metrics: { train, validation, test } }, block) => {
  const [part, held] = test ? ['test', test] : ['validation', validation];
  const share = shareOf(held ?? train);
  if (share === null) return null;
  const known = { code: 'run/metric-sample', severity: 'hint', block } as const;
  if (held === undefined)
    return {
      ...known,
      message: `The ${titleOf(share.name)} of ${percent(share.value)} is that of the ${count(share.n)} training samples.`,
      why: 'The network has learned from these very samples. How it does on others shows only on samples that are held out: let the Split block keep some.',
    };
  const { low, high } = intervalOf(share);
  if ((high - low) / 2 <= UNSURE) return null;
  return {
    ...known,
    message: `The ${part} ${titleOf(share.name)} of ${percent(share.value)} is from ${count(share.n)} samples: it may as well be ${percent(low)} or ${percent(high)}.`,
    why: 'These are the ends of its 95 % interval. Two runs whose intervals overlap are not told apart. More samples in that part narrow it.',
  };
};

const undefinedMetric: Rule = ({ metrics }, block) => {
  for (const part of MOST_TELLING_FIRST) {
    const values = metrics[part];
    if (values === undefined || values.loss === null) continue;
    const names = Object.entries(values).flatMap(([name, value]) => (value === null ? [name] : []));
    if (names.length === 0) continue;
    return {
      code: 'run/undefined-metric',
      severity: 'hint',
      block,
      message: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} undefined for the ${part} part of ${count(values.n)} samples: 0 divided by 0.`,
      why: 'Nothing was predicted as such a class, or no sample of the part is of it. That is no 0: with more samples, or a network that tells the classes apart, the figure appears.',
    };
  }
  return null;
};

/** So many times the loss of the validation part is no accident of a part of this size. */
const FAR_ABOVE = 2;
const ENOUGH = 100;

/** Bias, variance and mismatch as Ng parts them (Machine Learning Yearning, chapters 20 to 24 and 40 to 43). */
const mismatch: Rule = ({ metrics: { validation, test } }, block) => {
  if (validation === undefined || test === undefined) return null;
  const message = differingShares(validation, test) ?? differingLosses(validation, test);
  if (message === null) return null;
  return {
    code: 'run/mismatch',
    severity: 'warning',
    block,
    message,
    why: 'The test samples come from elsewhere than the others, or so many settings were tried that they suit the validation part. Look at what the test samples have that the others lack, mix both before they are split, and take fresh test samples.',
  };
};

function differingShares(validation: MetricValues, test: MetricValues): string | null {
  const [known, final] = [shareOf(validation), shareOf(test)];
  if (known === null || final === null || known.name !== final.name) return null;
  if (intervalOf(final).high >= intervalOf(known).low) return null;
  return `The test ${titleOf(final.name)} is ${percent(final.value)} of ${count(final.n)} samples, the validation ${titleOf(known.name)} ${percent(known.value)} of ${count(known.n)}: more than chance explains.`;
}

function differingLosses(validation: MetricValues, test: MetricValues): string | null {
  if (shareOf(test) !== null || validation.loss === null || test.loss === null) return null;
  const isEnough = validation.n >= ENOUGH && test.n >= ENOUGH;
  if (!isEnough || validation.loss <= 0 || test.loss < FAR_ABOVE * validation.loss) return null;
  return `The test loss is ${figure(test.loss)}, ${figure(test.loss / validation.loss)} times the validation loss of ${figure(validation.loss)}.`;
}

const fewSamplesSeen: Rule = ({ training: { samples, seen, weightless }, epochs }, block) => {
  const used = Math.max(0, seen - weightless);
  if (used >= samples) return null;
  return {
    code: 'run/few-samples-seen',
    severity: 'warning',
    block,
    message: `Only ${count(used)} of the ${count(samples)} training samples were learned from.`,
    why:
      epochs === 0
        ? 'The run ended within its first epoch. Continue it, so that each sample is seen.'
        : 'The class_weight of their classes is 0, so that they change nothing. Give each class a weight above 0, or leave the samples out.',
  };
};

const rules: readonly Rule[] = [fewSamplesSeen, mismatch, undefinedMetric, metricSample];

/** What is true of the run at its end. */
export const reportRules = (figures: FinalFigures, block: string): RunDiagnostic[] =>
  rules.flatMap((rule) => rule(figures, block) ?? []);
