/** train/batch: batches of one sample, of all samples, of more than there are, or of some where the optimizer needs all. */
import type { DataFacts } from '../../document/facts';
import type { Diagnostic, Fix } from '../diagnostic';
import { feeder, linksTo, type Node } from '../graph';
import { lossesOf, nodesOfKind, type Network } from '../network';
import { hint, warning, type Rule } from './rule';

/** Below it an epoch takes no time, whatever the batch. */
const LARGE = 1000;
/** Masters and Luschi (2018) and the books: 32 to 128. */
const USUAL = 32;
const NEEDS_ALL = new Set(['Rprop', 'LBFGS', 'Newton', 'SteepestDescent']);

/** The data that a Train block learns from; null while they are not known. */
export function trainingFacts(network: Network, train: Node): DataFacts | null {
  for (const loss of lossesOf(network.graph, train)) {
    const [link] = linksTo(loss, 'labels');
    const facts = link && !network.broken.has(link.from.block) && network.facts.get(link.from.block);
    if (facts) return facts;
  }
  return null;
}

export const trainBatch: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const rows = trainingFacts(network, train)?.parts.train ?? 0;
    const { batch_size: batch } = train.values;
    if (rows === 0 || typeof batch !== 'number') return [];
    const optimizer = feeder(network.graph, train, 'optimizer');
    if (optimizer && NEEDS_ALL.has(optimizer.definition.type))
      return batch < rows ? [someOfAll(train, optimizer, batch, rows)] : [];
    if (batch > rows && rows > USUAL) return [moreThanAll(train, batch, rows)];
    if (rows < LARGE) return [];
    return batch === 1 ? [one(train, rows)] : batch >= rows ? [all(train, rows)] : [];
  });

const setBatch = (train: Node, value: number): Fix => ({
  label: `Set batch_size to ${value}`,
  edit: { kind: 'set-param', id: train.id, name: 'batch_size', value },
});

const one = (train: Node, rows: number): Diagnostic =>
  hint('train/batch', train, {
    message: `${train.label} changes the weights after each single sample: ${rows.toLocaleString('en')} steps in an epoch.`,
    why: 'The slope of one sample is a poor guess of the slope of all, and the machine works on one row at a time.',
    fixes: [setBatch(train, USUAL)],
  });

const all = (train: Node, rows: number): Diagnostic =>
  hint('train/batch', train, {
    message: `${train.label} puts all ${rows.toLocaleString('en')} training samples into one batch, so the weights change once in an epoch.`,
    why: 'Many small steps in nearly the right direction come further than one exact step, and need less memory.',
    fixes: [setBatch(train, USUAL)],
  });

/** Ten steps in an epoch or more. */
const severalSteps = (rows: number): number => Math.min(USUAL, 2 ** Math.floor(Math.log2(rows / 10)));

const moreThanAll = (train: Node, batch: number, rows: number): Diagnostic =>
  warning('train/batch', train, {
    message: `${train.label} asks for batches of ${batch.toLocaleString('en')}, but there are only ${rows.toLocaleString('en')} training samples: one step in an epoch.`,
    why: 'The weights change once in an epoch, so that little is learned. Many small steps come further.',
    fixes: [setBatch(train, severalSteps(rows))],
  });

const someOfAll = (train: Node, optimizer: Node, batch: number, rows: number): Diagnostic =>
  warning('train/batch', train, {
    message: `${optimizer.label} compares the slopes of one step with those of the last, but each batch holds other samples (${batch.toLocaleString('en')} of ${rows.toLocaleString('en')}).`,
    why: 'It is made for the whole training part at once; from batch to batch the slope changes by chance.',
    fixes: [setBatch(train, rows)],
  });
