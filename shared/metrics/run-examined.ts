/**
 * Owns what one step gives away when it is looked into: units and layers that no longer learn, gradients that vanish or
 * explode on their way back, updates of the wrong size. Numbers in, sentences out. Plateaus by the loss are in run-curve.
 */
import type { Examination, ExaminedBlock, RunDiagnostic } from '../protocol/run';
import { tryRate } from './lower-rate';
import { figure, percent } from './run-figures';

export interface ExaminedContext {
  /** The Train block. */
  block: string;
  /** Loss of the first step. */
  firstLoss: number | null;
  /** The learning rate to try where this one is too high; undefined where the optimizer has none. */
  lowerRate?: number;
}

type Rule = (seen: Examination, context: ExaminedContext) => RunDiagnostic | null;
type Learning = NonNullable<ExaminedBlock['learning']>;
type Learner = ExaminedBlock & { learning: Learning };

/** With fewer samples a unit may be silent by accident. */
const ENOUGH_SAMPLES = 32;
/** As many silent units are no accident of the first weights. */
const DEAD_SHARE = 0.4;

const worst = <T>(all: readonly T[], badness: (one: T) => number): T | undefined =>
  all.reduce<T | undefined>(
    (found, one) => (found && badness(found) >= badness(one) ? found : one),
    undefined,
  );

const at = ({ epoch, step }: Examination) => ({ epoch, step });

const deadUnits: Rule = (seen) => {
  const silent = seen.blocks.filter(
    ({ units }) => units && units.samples >= ENOUGH_SAMPLES && units.dead >= DEAD_SHARE * units.all,
  );
  const found = worst(silent, ({ units }) => (units ? units.dead / units.all : 0));
  if (!found?.units) return null;
  const { dead, all, samples, activation } = found.units;
  return {
    code: 'run/dead-units',
    severity: 'warning',
    block: found.block,
    message: `${dead} of the ${all} units of ${found.block} answer 0 to each of ${samples} training samples.`,
    why: `A unit that is behind the bend of ${activation} for every sample has no slope and learns no more. A smaller learning rate keeps units from being thrown there; leaky_relu or elu let them come back.`,
    ...at(seen),
  };
};

/** Of the values of a layer. */
const SATURATED_SHARE = 0.6;

const saturated: Rule = (seen) => {
  const flat = seen.blocks.filter(
    ({ units }) => units && units.samples >= ENOUGH_SAMPLES && units.saturated >= SATURATED_SHARE,
  );
  const found = worst(flat, ({ units }) => units?.saturated ?? 0);
  if (!found?.units) return null;
  const { activation } = found.units;
  return {
    code: 'run/saturated',
    severity: 'warning',
    block: found.block,
    message: `${percent(found.units.saturated)} of the answers of ${found.block} lie in the flat ends of ${activation}.`,
    why: 'There the slope is almost zero, so that little is learned through this layer. Scale the inputs, begin with smaller weights, or take relu.',
    ...at(seen),
  };
};

/** Root of the mean square of the gradients of a block's weights. */
const slope = ({ learning: { gradient, weights } }: Learner): number => gradient / Math.sqrt(weights);

const learners = ({ blocks }: Examination): Learner[] =>
  blocks.filter((block): block is Learner => block.learning !== undefined);

/** Between the gradients of the first layers and those of the last. */
const VANISHED = 1e-4;
const EXPLODED = 1e4;

const vanishing: Rule = (seen) => {
  const all = learners(seen);
  const last = all.at(-1);
  if (last === undefined || !(slope(last) > 0)) return null;
  const found = all.find((one) => slope(one) > 0 && slope(one) < VANISHED * slope(last));
  if (!found) return null;
  return {
    code: 'run/vanishing',
    severity: 'warning',
    block: found.block,
    message: `The gradient has all but vanished on its way back to ${found.block}: it is ${figure(slope(found))} there and ${figure(slope(last))} at ${last.block}.`,
    why: 'The first layers stay as they were. Take relu instead of sigmoid or tanh, He or Glorot weights, batch normalization, or wires that skip layers.',
    ...at(seen),
  };
};

const exploding: Rule = (seen, { lowerRate: advisedRate }) => {
  const all = learners(seen);
  const last = all.at(-1);
  if (last === undefined || !(slope(last) > 0)) return null;
  const found = worst(
    all.filter((one) => slope(one) > EXPLODED * slope(last)),
    slope,
  );
  if (!found) return null;
  return {
    code: 'run/exploding',
    severity: 'warning',
    block: found.block,
    message: `The gradient grows on its way back: it is ${figure(slope(last))} at ${last.block} and ${figure(slope(found))} at ${found.block}.`,
    why: `One step throws the first layers far away. Set clipnorm of the optimizer to 1, take a smaller learning rate, or smaller first weights. ${tryRate(advisedRate)}`,
    advisedRate,
    ...at(seen),
  };
};

/** A thousandth is usual; a tenth is a leap. */
const LEAP = 0.1;

const largeUpdates: Rule = (seen, { lowerRate: advisedRate }) => {
  const leaping = learners(seen).filter(
    ({ learning: { weight, update } }) => weight > 0 && update > LEAP * weight,
  );
  const found = worst(leaping, ({ learning: { weight, update } }) => update / weight);
  if (!found || found.learning.weights < 2) return null;
  return {
    code: 'run/large-updates',
    severity: 'hint',
    block: found.block,
    message: `One step changes the weights of ${found.block} by ${percent(found.learning.update / found.learning.weight)} of their size.`,
    why: `A thousandth is usual. Steps this large forget what was learned; the learning rate is too high. ${tryRate(advisedRate)}`,
    advisedRate,
    ...at(seen),
  };
};

/** Change of the loss, as a share of it, if all weights changed by their own size along the gradient. */
const FLAT = 1e-4;
/** Of the first loss: above it there is something left to learn. */
const LEFT = 0.5;

const saddle: Rule = (seen, { block, firstLoss }) => {
  const all = learners(seen);
  if (firstLoss === null || all.length === 0 || !(seen.loss > LEFT * firstLoss)) return null;
  const total = (of: (learning: Learning) => number) =>
    Math.sqrt(all.reduce((sum, { learning }) => sum + of(learning) ** 2, 0));
  const gradient = total((learning) => learning.gradient);
  const weight = Math.max(
    1,
    total((learning) => learning.weight),
  );
  if (!(gradient * weight < FLAT * seen.loss)) return null;
  return {
    code: 'run/saddle',
    severity: 'warning',
    block,
    message: `The loss of ${figure(seen.loss)} has no slope in any weight, though it began at ${figure(firstLoss)}.`,
    why: 'The network stands on a saddle or a flat stretch, as with weights that all begin at zero. Begin with random weights (glorot_uniform), scale the inputs, or take another activation.',
    ...at(seen),
  };
};

const rules: readonly Rule[] = [deadUnits, saturated, vanishing, exploding, largeUpdates, saddle];

/** What is true of this step. */
export const examinationRules = (seen: Examination, context: ExaminedContext): RunDiagnostic[] =>
  rules.flatMap((rule) => rule(seen, context) ?? []);
