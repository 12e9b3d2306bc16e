/** Owns which blocks of a network give a tensor with a mask: the layers as `masks.ts` wants them, in the order of computation. */
import { linksRead, type Node } from './graph';
import { maskedOutputs, type PlacedLayer } from './masks';
import type { Network } from './network';

export const inboundOf = (node: Node): string[] =>
  node.ports.inputs.flatMap((port) => linksRead(node, port).map(({ from }) => from.block));

function placed(node: Node): PlacedLayer[] {
  const { behaviour } = node.definition;
  if (behaviour.kind !== 'layer') return [];
  const { class_name, config } = behaviour.keras(node.values);
  return [{ block: node.id, class_name, config, inbound: inboundOf(node) }];
}

/** Most networks have none of them, and are not looked at further. */
const MAKERS = new Set(['Masking', 'Embedding']);

export interface Masked {
  layers: readonly PlacedLayer[];
  /** Blocks whose output carries a mask. */
  blocks: ReadonlySet<string>;
}

const NONE: Masked = { layers: [], blocks: new Set() };

const known = new WeakMap<Network, Masked>();

export function maskedIn(network: Network): Masked {
  const before = known.get(network);
  if (before) return before;
  const { graph, broken } = network;
  const hasMaker = graph.order.some(({ definition }) => MAKERS.has(definition.type));
  const layers = hasMaker ? graph.order.filter(({ id }) => !broken.has(id)).flatMap(placed) : [];
  const found = hasMaker ? { layers, blocks: maskedOutputs(layers) } : NONE;
  known.set(network, found);
  return found;
}
