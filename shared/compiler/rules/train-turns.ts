/** train/turns: Train blocks that alternate and get in each other's way. */
import type { Json } from '../../document/document';
import type { Diagnostic } from '../diagnostic';
import { feeder, type Node } from '../graph';
import { alternating, type Network } from '../network';
import { warning, type Rule } from './rule';

export const trainTurns: Rule = (network) =>
  alternating(network).flatMap(([first, ...others]) => [
    ...[first, ...others].flatMap((train) => changesEverything(train)),
    ...others.flatMap((train) => differs(first, train)),
    ...others.flatMap((train) => stopsByItself(first, train)),
    ...others.flatMap((train) => waitsForPlateau(network, first, train)),
    ...choosesByOne(first, others),
  ]);

const set = (train: Node, name: string, value: Json, label: string) => ({
  label,
  edit: { kind: 'set-param' as const, id: train.id, name, value },
});

function changesEverything(train: Node): Diagnostic[] {
  if (train.values.trainable !== null) return [];
  return [
    warning('train/turns', train, {
      message: `${train.label} takes turns with another Train block and may change every block.`,
      why: 'What one has learned the other undoes. Choose in trainable which blocks are its own, or give it a stage of its own.',
    }),
  ];
}

/** The first one decides for all. */
function differs(first: Node, train: Node): Diagnostic[] {
  const names = ['epochs', 'batch_size', 'shuffle'].filter(
    (name) => train.values[name] !== first.values[name],
  );
  return names.map((name) =>
    warning('train/turns', train, {
      message: `${train.label} has ${name} ${JSON.stringify(train.values[name])}, ${first.label} has ${JSON.stringify(first.values[name])}, which counts.`,
      why: 'They take turns on the same batches; the first of them says how many there are and how large.',
      fixes: [set(train, name, first.values[name], `Set ${name} to ${JSON.stringify(first.values[name])}`)],
    }),
  );
}

function stopsByItself(first: Node, train: Node): Diagnostic[] {
  if (train.values.early_stopping !== true) return [];
  return [
    warning('train/turns', train, {
      message: `early_stopping of ${train.label} does not count: ${first.label} says when the run ends.`,
      why: 'They take turns on the same batches; the figures of the first of them decide for all.',
      fixes: [set(train, 'early_stopping', false, 'Switch it off here')],
    }),
  ];
}

function waitsForPlateau({ graph }: Network, first: Node, train: Node): Diagnostic[] {
  const optimizer = feeder(graph, train, 'optimizer');
  const behaviour = optimizer?.definition.behaviour;
  if (!optimizer || behaviour?.kind !== 'optimizer' || !behaviour.plateau(optimizer.values)) return [];
  return [
    warning('train/turns', optimizer, {
      message: `${optimizer.label} never lowers its rate: ${first.label} decides what a plateau is, and for its own optimizer only.`,
      why: `${train.label} takes turns with it; ReduceLROnPlateau follows the first Train block of a stage. Another schedule counts steps and works for each.`,
      fixes: [set(optimizer, 'schedule', null, 'Keep its rate constant')],
    }),
  ];
}

function choosesByOne(first: Node, others: readonly Node[]): Diagnostic[] {
  if (first.values.restore_best_weights !== true) return [];
  return [
    warning('train/turns', first, {
      message: `${first.label} keeps the weights of the epoch in which its own figure was best.`,
      why: `It takes turns with ${others.map(({ label }) => label).join(', ')}: where one's gain is the other's loss, its best epoch is most often one of the first.`,
      fixes: [set(first, 'restore_best_weights', false, 'Keep the last weights')],
    }),
  ];
}
