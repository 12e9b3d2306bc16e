/** Owns what the training losses of the epochs give away: a bad start, swinging, standing still, an end that comes too early. */
import type { RunDiagnostic } from '../protocol/run';
import type { PlanLoss } from '../compiler/plan';
import { tryRate } from './lower-rate';
import { learnedEarly } from './run-learned-early';
import { epochs, figure, isNegligible, percent, type EpochFigures, type RunContext } from './run-figures';

type Rule = (history: readonly EpochFigures[], context: RunContext) => RunDiagnostic | null;

/** Losses of the last `count` epochs; null where there are fewer or one is no number. */
function lastLosses(history: readonly EpochFigures[], count: number): number[] | null {
  const losses = history.slice(-count).flatMap(({ train }) => (train.loss === null ? [] : [train.loss]));
  return losses.length === count ? losses : null;
}

const at = (history: readonly EpochFigures[]): number => history[history.length - 1].epoch;

/** The loss that the run began with, as far as it is known. */
const firstOf = (history: readonly EpochFigures[], { initialLoss: first }: RunContext): number =>
  Math.max(first ?? 0, history[0].train.loss ?? 0);

/** Loss of always giving each class the same probability; undefined where the losses are not one cross-entropy. */
export function guessingLoss(losses: readonly PlanLoss[]): number | undefined {
  const [loss] = losses;
  const isCrossentropy =
    losses.length === 1 && /^(Sparse)?(Categorical|Binary)Crossentropy$/.test(loss.class_name);
  return isCrossentropy && loss.classes ? Math.log(loss.classes.length) * loss.weight : undefined;
}

/** An untrained network that is this many times worse than guessing is sure of wrong answers. */
const WORSE_THAN_GUESSING = 3;

const initialLoss: Rule = (history, context) => {
  const { block, initialLoss: first, guessingLoss: guessing, scaledInputs = false } = context;
  if (first === undefined || guessing === undefined || first <= WORSE_THAN_GUESSING * guessing) return null;
  return {
    code: 'run/initial-loss',
    severity: 'warning',
    block,
    message: `The loss began at ${figure(first)}; guessing gives ${figure(guessing)}.`,
    why: `Before it has learned anything the network is sure of wrong answers: ${scaledInputs ? '' : 'the inputs are not scaled, or '}the first weights are too large.`,
    epoch: at(history),
  };
};

const SWINGS = 6;
/** In a long run, of its epochs: some six epochs of a noisy loss always look like a swing. */
const SHARE_OF_RUN = 0.1;
/** Of the epochs between two others: a loss that turns back less often goes somewhere. */
const TURNS = 0.6;
/** A change from one epoch to the next that is more than this share of the loss is no noise. */
const LARGE_CHANGE = 0.1;

const oscillating: Rule = (history, context) => {
  const { block, lowerRate: advisedRate } = context;
  const lasted = Math.max(SWINGS, Math.round(SHARE_OF_RUN * history.length));
  const losses = lastLosses(history, lasted);
  if (losses === null) return null;
  const changes = losses.slice(1).map((loss, i) => loss - losses[i]);
  const turns = changes.slice(1).filter((change, i) => change * changes[i] < 0).length;
  const size = changes.reduce((sum, change) => sum + Math.abs(change), 0) / changes.length;
  const mean = losses.reduce((sum, loss) => sum + Math.abs(loss), 0) / losses.length;
  const isAway = Math.abs(losses[lasted - 1] - losses[0]) > 2 * size;
  if (turns < TURNS * (lasted - 2) || size < LARGE_CHANGE * mean || isAway) return null;
  if (isNegligible(mean, firstOf(history, context))) return null;
  return {
    code: 'run/oscillating',
    severity: 'warning',
    block,
    message: `Training loss has swung up and down for ${epochs(lasted)}, between ${figure(Math.min(...losses))} and ${figure(Math.max(...losses))}.`,
    why: `Each step jumps over the lowest point to the other side. A smaller learning rate or a larger batch calms it. ${tryRate(advisedRate)}`,
    advisedRate,
    epoch: at(history),
  };
};

const STANDS = 8;
/** Within this share of itself the loss stands still. */
const STILL = 0.005;
/** Above this share of the first loss there is something left to learn. */
const LEFT = 0.3;
/** A loss that has come down by less than this from the first was never learning, which is said otherwise. */
const LEARNED = 0.05;

const plateau: Rule = (history, { block, initialLoss: first, ended }) => {
  const losses = lastLosses(history, STANDS);
  if (losses === null || first === undefined || ended) return null;
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  if (!(low > 0) || high - low > STILL * low || low < LEFT * first || low > (1 - LEARNED) * first)
    return null;
  return {
    code: 'run/plateau',
    severity: 'hint',
    block,
    message: `Training loss has stood at ${figure(low)} for ${epochs(STANDS)}; it began at ${figure(first)}.`,
    why: 'The slope is nearly zero here: a flat stretch, or all that this network can do. Another learning rate, a larger network or better inputs show which.',
    epoch: at(history),
  };
};

const FALLS = 4;
/** Share of the loss that still went in each of the last epochs. */
const FALLING = 0.05;

const underfit: Rule = (history, context) => {
  const { block, ended } = context;
  const losses = lastLosses(history, FALLS);
  if (!ended || losses === null || isNegligible(losses[FALLS - 1], firstOf(history, context))) return null;
  const falls = losses.slice(1).map((loss, i) => (losses[i] - loss) / Math.abs(losses[i]));
  const validation = history.slice(-FALLS).flatMap((epoch) => epoch.validation?.loss ?? []);
  // Its answers cannot become better, however its loss falls.
  if (learnedEarly(history, context) !== null) return null;
  const isWorse = validation.length > 1 && validation[validation.length - 1] > Math.min(...validation);
  if (falls.some((fall) => !(fall >= FALLING)) || isWorse) return null;
  const mean = falls.reduce((sum, fall) => sum + fall, 0) / falls.length;
  return {
    code: 'run/underfit',
    severity: 'hint',
    block,
    message: `Training loss was still falling by ${percent(mean)} an epoch when the run ended (${figure(losses[0])} to ${figure(losses[FALLS - 1])}).`,
    why: 'The network had not learned all that it can. Let the run train on, or give the next one more epochs.',
    advisedEpochs: 2 * history.length,
    epoch: at(history),
  };
};

export const curveRules: readonly Rule[] = [initialLoss, oscillating, plateau, underfit, learnedEarly];
