/** Owns fixes that bring what a block lacks: an optimizer, a loss with its wires, the data that the Input reads. */
import type { Port } from '../../blocks/block';
import type { Json, Wire } from '../../document/document';
import type { Edit } from '../../document/edits';
import { nextId, nextWireIds } from '../../document/ids';
import type { Fix } from '../diagnostic';
import { canConnect, connect } from '../connect';
import { linksTo, needsOf, type Node } from '../graph';
import { newBlock } from '../insert';
import { nodesOfKind, type Network } from '../network';
import { roomBelow } from '../room';
import { suggestLoss, targetOf } from '../suggest-loss';
import { activationOf, shaperOf } from './activations';

/** How far left of and below the block that reads it a new block is placed. */
const ASIDE = { x: -184, y: 96 };

interface Filling {
  type: string;
  params?: Record<string, Json>;
}

/** Adds a block in front of `node` with wires to and from it. */
function insertFor(
  { graph: { document } }: Network,
  node: Node,
  { type, params }: Filling,
  wiresOf: (id: string) => Wire[],
): Fix {
  const id = nextId(document, type);
  const { x, y } = node.block.position;
  const place = roomBelow(document, { x: x + ASIDE.x, y: y + (type === 'Adam' ? ASIDE.y : 0) });
  const block = newBlock(type, place, params);
  const wires = wiresOf(id);
  const ids = nextWireIds(document, wires.length);
  const label = `Insert ${type}`;
  const edits: Edit[] = [
    { kind: 'add-block', id, block },
    ...wires.map((wire, i): Edit => ({ kind: 'add-wire', id: ids[i], wire })),
  ];
  return { label, edit: { kind: 'batch', label, edits } };
}

export const insertAdam = (network: Network, node: Node, port: Port): Fix =>
  insertFor(network, node, { type: 'Adam' }, (id) => [
    { from: { block: id, port: 'optimizer' }, to: { block: node.id, port: port.name } },
  ]);

/** The Inputs that feed a node; all of them where none does yet. */
function inputsBefore({ graph }: Network, node: Node): readonly Node[] {
  const inputs = nodesOfKind(graph, 'input');
  const before = needsOf(graph, node);
  const feeding = inputs.filter((input) => before.has(input));
  return feeding.length > 0 ? feeding : inputs;
}

/** The dataset that the Inputs before a node read; null where they read several or none. */
function dataBefore(network: Network, node: Node): Wire['from'] | null {
  const sources = inputsBefore(network, node).flatMap((input) => linksTo(input, input.ports.inputs[0].name));
  const [first] = sources;
  return first && sources.every(({ from }) => from.block === first.from.block) ? first.from : null;
}

/** A wire from the data that Input reads: labels and inputs must be rows of the same data. */
export function connectData(network: Network, node: Node, port: Port): Fix | null {
  const from = dataBefore(network, node);
  const to = { block: node.id, port: port.name };
  const source = from && network.graph.nodes.get(from.block);
  if (!from || !source || !canConnect(network.graph.document, from, to).ok) return null;
  return { label: `Connect ${source.label}`, edit: connect(network.graph.document, from, to) };
}

/** The loss that suits the end of the network, wired to it, to the data and to Train. */
export function insertLoss(network: Network, train: Node, port: Port, ends: readonly Node[]): Fix | null {
  const { graph, shapes, facts } = network;
  const [end] = ends;
  if (ends.length !== 1) return null;
  const [output] = end.ports.outputs;
  const labels = dataBefore(network, end);
  const shaper = shaperOf(graph, end);
  const activation = shaper && activationOf(shaper);
  const target = labels ? targetOf(facts.get(labels.block) ?? null) : undefined;
  const loss = suggestLoss({ activation, shape: shapes.get(end.id) ?? null }, target);
  return insertFor(network, train, loss, (id) => [
    { from: { block: end.id, port: output.name }, to: { block: id, port: 'prediction' } },
    ...(labels ? [{ from: labels, to: { block: id, port: 'labels' } }] : []),
    { from: { block: id, port: 'loss' }, to: { block: train.id, port: port.name } },
  ]);
}
