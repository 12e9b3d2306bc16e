/** layer/stateful: a layer that goes on from batch to batch, and batches in which it cannot. */
import type { Json } from '../../document/document';
import type { Diagnostic, Fix } from '../diagnostic';
import type { Node } from '../graph';
import { alternating, nodesOfKind, trainedBy, type Network } from '../network';
import { error, type Rule } from './rule';
import { trainingFacts } from './train-batch';

export const layerStateful: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const [layer] = [...trainedBy(network.graph, train)].filter(({ values }) => values.stateful === true);
    if (layer === undefined) return [];
    return [
      ...shuffled(train, layer),
      ...uneven(network, train, layer),
      ...takesTurns(network, train, layer),
      ...unlikeTheFirst(network, train, layer),
    ];
  });

const set = (train: Node, name: string, value: Json, label: string): Fix => ({
  label,
  edit: { kind: 'set-param', id: train.id, name, value },
});
const about = (train: Node, message: string, why: string, fixes: Fix[] = []): Diagnostic[] => [
  error('layer/stateful', train, { message, why, fixes }),
];

const shuffled = (train: Node, layer: Node): Diagnostic[] =>
  train.values.shuffle === true
    ? about(
        train,
        `${train.label} shuffles the samples, but ${layer.label} goes on where the batch before ended.`,
        'The state belongs to the sample in the same place of the batch before; in another order it is the state of a stranger.',
        [set(train, 'shuffle', false, 'Switch shuffle off')],
      )
    : [];

/** The largest batch, up to this one, that all rows fill. */
function evenBatch(rows: number, batch: number): number {
  let size = Math.min(batch, rows);
  while (rows % size !== 0) size -= 1;
  return size;
}

function uneven(network: Network, train: Node, layer: Node): Diagnostic[] {
  const rows = trainingFacts(network, train)?.parts.train ?? 0;
  const batch = Number(train.values.batch_size);
  if (rows === 0 || rows % batch === 0) return [];
  const even = evenBatch(rows, batch);
  return about(
    train,
    `${train.label} makes batches of ${batch} from ${rows.toLocaleString('en')} samples; the last one has ${rows % batch}, but ${layer.label} needs all alike.`,
    'It keeps a state for each place of a batch. In a shorter one some of them would miss a step.',
    [set(train, 'batch_size', even, `Set batch_size to ${even}`)],
  );
}

function takesTurns(network: Network, train: Node, layer: Node): Diagnostic[] {
  const beside = alternating(network).some((trains) => trains.includes(train));
  const steps = Number(train.values.steps_per_turn);
  if (!beside && steps === 1) return [];
  return about(
    train,
    `${train.label} ${beside ? 'takes turns with another Train block on each batch' : `takes ${steps} steps on each batch`}, so ${layer.label} would read every sample more than once.`,
    'Its state goes on with every step. A batch must be one step.',
    beside
      ? [set(train, 'stage', Number(train.values.stage) + 1, 'Give it a stage of its own')]
      : [set(train, 'steps_per_turn', 1, 'Set steps_per_turn to 1')],
  );
}

/** The state has one size for the whole run. */
function unlikeTheFirst({ graph }: Network, train: Node, layer: Node): Diagnostic[] {
  const [first] = nodesOfKind(graph, 'train');
  const [own, size] = [train, first].map(({ values }) => Number(values.batch_size));
  if (own === size) return [];
  return about(
    train,
    `${train.label} has batches of ${own} and ${first.label} of ${size}, but ${layer.label} needs all alike.`,
    'It keeps a state for each place of a batch, as many as the run begins with.',
    [set(train, 'batch_size', size, `Set batch_size to ${size}`)],
  );
}
