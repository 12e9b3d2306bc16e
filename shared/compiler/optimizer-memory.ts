/** Owns how many arrays of their own size the optimizers keep for the weights of each block: their slots. */
import type { BlockId } from '../document/document';
import type { Node } from './graph';
import { linksTo } from './graph';
import { slotsOf } from './memory-need';
import { nodesOfKind, trainedBy, type Network } from './network';

export interface Slots {
  of(id: BlockId): number;
  /** Equal where the answers are the same as long as no wire changes. */
  key: string;
}

function slotsOfTrain({ graph }: Network, train: Node): number {
  const [link] = linksTo(train, 'optimizer');
  const node = link && graph.nodes.get(link.from.block);
  return node?.definition.behaviour.kind === 'optimizer'
    ? slotsOf({ block: node.id, ...node.definition.behaviour.keras(node.values) })
    : 0;
}

export function optimizerSlots(network: Network): Slots {
  const trains = nodesOfKind(network.graph, 'train').map((train) => {
    const { trainable } = train.values;
    const listed = Array.isArray(trainable) ? new Set(trainable as string[]) : null;
    const used = trainedBy(network.graph, train);
    return { slots: slotsOfTrain(network, train), listed, used };
  });
  return {
    key: JSON.stringify(trains.map(({ slots, listed }) => [slots, listed && [...listed]])),
    of(id) {
      const node = network.graph.nodes.get(id);
      return trains
        .filter(({ listed, used }) => node && used.has(node) && (listed?.has(id) ?? true))
        .reduce((sum, { slots }) => sum + slots, 0);
    },
  };
}
