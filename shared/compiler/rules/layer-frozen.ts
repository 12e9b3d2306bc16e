/** layer/all-frozen and layer/frozen-batchnorm: layers that may not learn though something depends on it. */
import type { Diagnostic, Fix } from '../diagnostic';
import { feeder, predecessors, reach, type Node } from '../graph';
import { lossesOf, nodesOfKind, type Network } from '../network';
import { error, warning, type Rule } from './rule';

const hasTrained = ({ inferences }: Network, node: Node): boolean =>
  inferences.get(node.id)?.weights.some(({ trainable }) => trainable) ?? false;

const listOf = (train: Node): readonly string[] | null =>
  Array.isArray(train.values.trainable) ? (train.values.trainable as string[]) : null;

const mayLearn = (network: Network, train: Node, node: Node): boolean =>
  node.values.trainable !== false && (listOf(train)?.includes(node.id) ?? true) && hasTrained(network, node);

export const layerFrozen: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const losses = lossesOf(network.graph, train);
    const used = [...reach(losses, (node) => predecessors(network.graph, node))];
    if (losses.length === 0 || used.some(({ id }) => network.broken.has(id))) return [];
    if (!used.some((node) => mayLearn(network, train, node))) return [allFrozen(network, train, used)];
    return used.flatMap((node) => frozenNormalization(network, train, node) ?? []);
  });

function allFrozen(network: Network, train: Node, used: readonly Node[]): Diagnostic {
  const own = used.filter((node) => node.values.trainable === false);
  const isListed = used.some((node) => hasTrained(network, node)) && listOf(train) !== null;
  const fixes: (Fix | null)[] = [
    isListed
      ? { label: 'Let all blocks learn', edit: { kind: 'set-param', id: train.id, name: 'trainable' } }
      : null,
    own.length > 0
      ? {
          label: 'Let the layers learn',
          edit: {
            kind: 'batch',
            label: 'Let the layers learn',
            edits: own.map(({ id }) => ({ kind: 'set-param', id, name: 'trainable' }) as const),
          },
        }
      : null,
  ];
  const isFrozen = isListed || own.length > 0;
  return error('layer/all-frozen', train, {
    message: isFrozen
      ? `Nothing is left for ${train.label} to learn: all layers with weights are frozen.`
      : `There is nothing for ${train.label} to learn: no layer before the loss has weights.`,
    why: 'Training changes weights; without any that may change, every epoch gives the same answer.',
    fixes: isFrozen ? fixes : [],
  });
}

/** Its averages start as mean 0 and variance 1 and follow the layer before it only while it may learn. */
function frozenNormalization(network: Network, train: Node, node: Node): Diagnostic | null {
  if (node.definition.type !== 'BatchNormalization' || mayLearn(network, train, node)) return null;
  const seen = new Set<Node>();
  let before = feeder(network.graph, node);
  while (before && !seen.has(before) && (network.inferences.get(before.id)?.weights.length ?? 1) === 0) {
    seen.add(before);
    before = feeder(network.graph, before);
  }
  if (!before || !mayLearn(network, train, before)) return null;
  const list = listOf(train);
  const isListed = list !== null && !list.includes(node.id);
  return warning('layer/frozen-batchnorm', node, {
    message: `${node.label} is frozen, but ${before.label} before it learns.`,
    why: 'Its mean and variance no longer follow the values that arrive, so that it shifts and scales them wrongly.',
    fixes: [
      isListed
        ? {
            label: `Let ${node.label} learn`,
            edit: { kind: 'set-param', id: train.id, name: 'trainable', value: [...list, node.id] },
          }
        : { label: `Let ${node.label} learn`, edit: { kind: 'set-param', id: node.id, name: 'trainable' } },
    ],
  });
}
