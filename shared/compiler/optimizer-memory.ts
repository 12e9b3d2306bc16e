/** Owns how many arrays of their own size the optimizers keep for the weights of each block: their slots. */
import type { BlockId } from '../document/document';
import type { Node } from './graph';
import { linksTo } from './graph';
import { slotsOf } from './memory-need';
import { nodesOfKind, trainedBy, type Network } from './network';

function slotsOfTrain({ graph }: Network, train: Node): number {
  const [link] = linksTo(train, 'optimizer');
  const node = link && graph.nodes.get(link.from.block);
  return node?.definition.behaviour.kind === 'optimizer'
    ? slotsOf({ block: node.id, ...node.definition.behaviour.keras(node.values) })
    : 0;
}

/** By block; blocks that nothing trains have none. */
export function optimizerSlots(network: Network): ReadonlyMap<BlockId, number> {
  const slots = new Map<BlockId, number>();
  for (const train of nodesOfKind(network.graph, 'train')) {
    const { trainable } = train.values;
    const listed = Array.isArray(trainable) ? new Set(trainable as string[]) : null;
    const more = slotsOfTrain(network, train);
    for (const { id } of trainedBy(network.graph, train))
      if (listed?.has(id) ?? true) slots.set(id, (slots.get(id) ?? 0) + more);
  }
  return slots;
}
