/** train/settings: a Train block that names what is not there. */
import { CLIPPINGS } from '../../blocks/optimizer/optimizer-block';
import type { Diagnostic } from '../diagnostic';
import { feeder, type Node } from '../graph';

import { lossesOf, nodesOfKind, type Network } from '../network';
import { warning, type Rule } from './rule';

export const trainSettings: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => [
    ...unknownBlocks(network, train),
    ...accuracyOfNumbers(network, train),
    ...oneLimit(feeder(network.graph, train, 'optimizer')),
  ]);

/** Keras refuses an optimizer with more than one way of limiting its gradients. */
function oneLimit(optimizer: Node | null): Diagnostic[] {
  const [counts, other, ...rest] =
    optimizer === null ? [] : CLIPPINGS.filter((name) => Number(optimizer.values[name] ?? 0) > 0);
  if (optimizer === null || other === undefined) return [];
  return [
    warning('train/settings', optimizer, {
      message: `${optimizer.label} has ${[counts, other, ...rest].join(' and ')}; only ${counts} counts.`,
      why: 'Gradients are limited in one way at a time, as in Keras.',
      fixes: [{ label: `Leave ${other} out`, edit: { kind: 'set-param', id: optimizer.id, name: other } }],
    }),
  ];
}

function unknownBlocks({ graph }: Network, train: Node): Diagnostic[] {
  const { trainable } = train.values;
  const ids = Array.isArray(trainable) ? (trainable as string[]) : [];
  const unknown = ids.filter((id) => !graph.nodes.has(id));
  if (unknown.length === 0) return [];
  const value = ids.filter((id) => graph.nodes.has(id));
  return [
    warning('train/settings', train, {
      message: `${train.label} may change ${unknown.slice(0, 4).join(', ')}, which ${unknown.length === 1 ? 'is' : 'are'} not there.`,
      why: 'The block was deleted or muted after it was chosen.',
      fixes: [
        {
          label: 'Leave it out',
          edit: {
            kind: 'set-param',
            id: train.id,
            name: 'trainable',
            value: value.length > 0 ? value : null,
          },
        },
      ],
    }),
  ];
}

function accuracyOfNumbers({ graph }: Network, train: Node): Diagnostic[] {
  const losses = lossesOf(graph, train);
  const onlyNumbers = losses.every(
    ({ definition: { behaviour } }) => behaviour.kind === 'loss' && behaviour.task === 'regression',
  );
  const { metrics, monitor } = train.values;
  const names =
    Array.isArray(metrics) && metrics.includes('accuracy')
      ? 'metrics'
      : monitor === 'val_accuracy'
        ? 'monitor'
        : null;
  if (names === null || losses.length === 0 || !onlyNumbers) return [];
  return [
    warning('train/settings', train, {
      message: `${train.label} asks for accuracy (${names}), but its loss predicts numbers.`,
      why: 'Accuracy counts exact hits, which numbers with decimals hardly ever are; the distance to the target says more.',
      fixes: [
        { label: `Set ${names} to the default`, edit: { kind: 'set-param', id: train.id, name: names } },
      ],
    }),
  ];
}
