/**
 * Owns what the figures of a run's epochs give away, with those of its curves: a loss that grows, a network that always
 * answers the same. Numbers in, sentences out; each rule looks at all epochs so far and says what is true at the last one.
 */
import type { Confusion, RunDiagnostic } from '../protocol/run';
import { majorityShare, predictedCounts, samplesCounted, trueCounts } from './confusion';
import { tryRate } from './lower-rate';
import { curveRules } from './run-curve';
import { epochs, figure, percent, type EpochFigures, type RunContext } from './run-figures';
import { overfit } from './run-overfit';

export type { EpochFigures, RunContext } from './run-figures';

/** A rise or a habit that has lasted this many epochs is no accident. */
const EPOCHS = 3;
/** A class needs as many validation samples before its absence among the answers means anything. */
const ENOUGH = 5;

function diverging(history: readonly EpochFigures[], context: RunContext): RunDiagnostic | null {
  const losses = history.flatMap(({ train }) => (train.loss === null ? [] : [train.loss]));
  if (losses.length < history.length || losses.length === 0) return null;
  const last = losses[losses.length - 1];
  const first = context.initialLoss ?? losses[0];
  const lowest = Math.min(first, ...losses);
  let rising = 0;
  for (let i = losses.length - 1; i > 0 && losses[i] > losses[i - 1]; i--) rising += 1;
  // Some losses are negative where they are good: changes are measured by their size.
  const hasRisen = last - lowest >= 0.5 * Math.abs(lowest) && last >= first - 0.5 * Math.abs(first);
  const risesOn = rising >= EPOCHS && hasRisen;
  const ranAway =
    last - first >= Math.abs(first) && (losses.length === 1 || last >= losses[losses.length - 2]);
  if (!risesOn && !ranAway) return null;
  const { epoch } = history[history.length - 1];
  const message = risesOn
    ? `Training loss has risen for ${epochs(rising)} (${figure(losses[losses.length - 1 - rising])} to ${figure(last)}).`
    : `Training loss has grown from ${figure(first)} to ${figure(last)} by epoch ${epoch}.`;
  const { block, lowerRate: advisedRate } = context;
  const why = `The steps overshoot: the learning rate is too high for this network. ${tryRate(advisedRate)}`;
  return { code: 'run/diverging', severity: 'warning', block, message, why, advisedRate, epoch };
}

/** Less than this share of the first loss gone when the run ends: nothing was learned. */
const HARDLY = 0.05;

function tooSlow(history: readonly EpochFigures[], context: RunContext): RunDiagnostic | null {
  const { initialLoss, scaledInputs = false, ended, block } = context;
  const { train, epoch } = history[history.length - 1];
  if (!ended || initialLoss === undefined || train.loss === null || history.length < EPOCHS) return null;
  const gone = (initialLoss - train.loss) / Math.abs(initialLoss);
  if (!(gone >= 0 && gone < HARDLY)) return null;
  return {
    code: 'run/too-slow',
    severity: 'warning',
    block,
    message: `Training loss has hardly moved in ${epochs(history.length)}: ${figure(initialLoss)} to ${figure(train.loss)}.`,
    why: `The steps are too small for what the network has to reach. Scale ${scaledInputs ? '' : 'the inputs and '}a target with large numbers, raise the learning rate, or train for longer.`,
    epoch,
  };
}

/** The confusions of the epochs that a habit is judged by; null while there are too few. */
function recentConfusions(history: readonly EpochFigures[], ended: boolean): Confusion[] | null {
  const wanted = Math.min(EPOCHS, ended ? history.length : EPOCHS);
  const recent = history
    .slice(-wanted)
    .flatMap(({ confusion }) => (confusion === undefined ? [] : [confusion]));
  return wanted === 0 || recent.length < wanted ? null : recent;
}

/** The one class that is always answered, or null. */
function onlyAnswer(confusion: Confusion): number | null {
  const answered = predictedCounts(confusion).flatMap((count, i) => (count > 0 ? [i] : []));
  const occurring = trueCounts(confusion).filter((count) => count > 0).length;
  return answered.length === 1 && occurring > 1 ? answered[0] : null;
}

function majorityOnly(history: readonly EpochFigures[], context: RunContext): RunDiagnostic | null {
  const recent = recentConfusions(history, context.ended);
  if (recent === null || recent.some((confusion) => onlyAnswer(confusion) === null)) return null;
  const last = recent[recent.length - 1];
  const answer = onlyAnswer(last) ?? 0;
  const n = samplesCounted(last);
  return {
    code: 'run/majority-only',
    severity: 'warning',
    block: context.block,
    message:
      `All ${n} validation samples are predicted as “${last.labels[answer]}”, which is right for ${percent(trueCounts(last)[answer] / n)} of them. ` +
      `Always answering the most frequent class gives ${percent(majorityShare(last) ?? 0)}.`,
    why: `The network has learned nothing from its inputs. Look at the learning rate${context.scaledInputs ? ' ' : ', the scaling of the inputs '}and the loss; with rare classes, weight them.`,
    epoch: history[history.length - 1].epoch,
  };
}

const quoted = (labels: readonly string[]): string => {
  const names = labels.map((label) => `“${label}”`);
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
};

function classIgnored(history: readonly EpochFigures[], context: RunContext): RunDiagnostic | null {
  const recent = recentConfusions(history, context.ended);
  if (recent === null || recent.some((confusion) => onlyAnswer(confusion) !== null)) return null;
  const last = recent[recent.length - 1];
  const occurring = trueCounts(last);
  const neverAnswered = last.labels.flatMap((label, i) =>
    occurring[i] >= ENOUGH && recent.every((confusion) => predictedCounts(confusion)[i] === 0)
      ? [{ label, count: occurring[i] }]
      : [],
  );
  if (neverAnswered.length === 0) return null;
  const missed = neverAnswered.reduce((total, { count }) => total + count, 0);
  return {
    code: 'run/class-ignored',
    severity: 'warning',
    block: context.block,
    message: `No validation sample is predicted as ${quoted(neverAnswered.map(({ label }) => label))}, though ${missed} are.`,
    why: 'A class that is rare or looks like another one is cheap to ignore. Weight the classes, or look at the samples of its row.',
    epoch: history[history.length - 1].epoch,
  };
}

const rules = [diverging, tooSlow, overfit, majorityOnly, classIgnored, ...curveRules];

/** What is true of the run at the last epoch of `history` (ordered by epoch, from the first one on). */
export const runDiagnostics = (history: readonly EpochFigures[], context: RunContext): RunDiagnostic[] =>
  history.length === 0 ? [] : rules.flatMap((rule) => rule(history, context) ?? []);
