/** train/schedule: a learning rate that is nothing long before the end of the run, or never changes in it. */
import { configured, configOf, optionName, optionOf } from '../../blocks/configured';
import type { Configured } from '../../blocks/parameter';
import { rateOf } from '../../schedules/rates';
import { updatesOfRun } from '../../schedules/run-length';
import { rangeTestOf, scheduleParameter } from '../../schedules/schedules';
import type { Diagnostic, Fix } from '../diagnostic';
import { feeder, type Node } from '../graph';
import { alternating, nodesOfKind, type Network } from '../network';
import { error, hint, numberText, warning, type Rule } from './rule';
import { trainingFacts } from './train-batch';

export const trainSchedule: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const optimizer = feeder(network.graph, train, 'optimizer');
    return optimizer && !network.broken.has(optimizer.id) ? ofOptimizer(network, train, optimizer) : [];
  });

function ofOptimizer(network: Network, train: Node, optimizer: Node): Diagnostic[] {
  const value = optimizer.values.schedule as Configured;
  const { behaviour } = optimizer.definition;
  if (behaviour.kind !== 'optimizer' || value === null || behaviour.plateau(optimizer.values)) return [];
  const uneven = unevenLists(optimizer, value);
  if (uneven) return [uneven];
  const [first] = alternating(network).find((stage) => stage.includes(train)) ?? [train];
  const steps = updatesOfRun(
    trainingFacts(network, train),
    { epochs: Number(first.values.epochs), batch_size: Number(first.values.batch_size) },
    Number(train.values.steps_per_turn),
  );
  if (steps === null || steps < MANY) return [];
  const learningRate = behaviour.learningRate(optimizer.values);
  const test = rangeTestOf(learningRate);
  if (test !== null)
    return test.range_steps > steps ? [cutShort(optimizer, value, test.range_steps, steps)] : [];
  const rate = rateOf(learningRate);
  const rates = Array.from({ length: 201 }, (_, i) => rate(Math.round(((steps - 1) * i) / 200)));
  const found = spent(optimizer, value, rates, steps) ?? still(optimizer, value, rates, steps);
  return found ? [found] : [];
}

/** In fewer steps a rate has no time to change. */
const MANY = 10;
/** The rate counts as nothing below this share of its highest. */
const NOTHING = 1e-6;
/** A rate that comes to nothing in the last tenth does what it is meant to. */
const END = 0.9;

function spent(
  optimizer: Node,
  value: Configured,
  rates: readonly number[],
  steps: number,
): Diagnostic | null {
  const highest = Math.max(...rates);
  const last = rates.reduce((at, rate, i) => (rate > NOTHING * highest ? i : at), 0);
  if (last / (rates.length - 1) >= END) return null;
  const at = Math.round((last / (rates.length - 1)) * steps);
  return warning('train/schedule', optimizer, {
    message: `The learning rate of ${optimizer.label} comes to nothing after about ${numberText(at)} of ${numberText(steps)} steps.`,
    why: 'Schedules count steps, of which an epoch has as many as there are batches; from then on the network learns nothing more.',
    fixes: [overTheRun(optimizer, value, steps)],
  });
}

function still(
  optimizer: Node,
  value: Configured,
  rates: readonly number[],
  steps: number,
): Diagnostic | null {
  if (Math.min(...rates) < 0.99 * Math.max(...rates)) return null;
  return hint('train/schedule', optimizer, {
    message: `The learning rate of ${optimizer.label} hardly changes in the ${numberText(steps)} steps of this run.`,
    why: 'The schedule is made for a longer run: it counts steps, of which an epoch has as many as there are batches.',
    fixes: [overTheRun(optimizer, value, steps)],
  });
}

/** A test that ends before its largest rates says nothing of them. */
const cutShort = (optimizer: Node, value: Configured, wanted: number, steps: number): Diagnostic =>
  warning('train/schedule', optimizer, {
    message: `The range test of ${optimizer.label} wants ${numberText(wanted)} steps, and this run has ${numberText(steps)}: it ends before the large rates.`,
    why: 'The rate climbs over all steps of the test. A run has as many steps as there are batches in its epochs.',
    fixes: [overTheRun(optimizer, value, steps)],
  });

const LENGTHS = ['decay_steps', 'cycle_steps', 'first_decay_steps', 'range_steps'];

/** The schedule as long as the run. */
function overTheRun(optimizer: Node, value: Configured, steps: number): Fix | null {
  const option = optionOf(value, scheduleParameter);
  const name = LENGTHS.find((length) => option !== undefined && length in option.parameters);
  if (option === undefined || name === undefined) return null;
  const config = { ...configOf(value, scheduleParameter), [name]: steps };
  return {
    label: `Set ${name} to ${numberText(steps)}`,
    edit: { kind: 'set-param', id: optimizer.id, name: 'schedule', value: configured(option, config) },
  };
}

function unevenLists(optimizer: Node, value: Configured): Diagnostic | null {
  const option = optionOf(value, scheduleParameter);
  const { boundaries, values } = configOf(value, scheduleParameter);
  if (option === undefined || !Array.isArray(boundaries) || !Array.isArray(values)) return null;
  const rising = boundaries.every((boundary, i) => i === 0 || Number(boundary) > Number(boundaries[i - 1]));
  if (rising && boundaries.length === values.length && boundaries.length > 0) return null;
  return error('train/schedule', optimizer, {
    message: `${optimizer.label}: ${optionName(option)} has ${boundaries.length} boundaries${rising ? '' : ' that do not rise'} and ${values.length} values.`,
    why: 'After each boundary comes one rate, so that there must be as many of both, at least one, and boundaries in rising order.',
  });
}
