/** graph/missing-input, graph/unreachable, graph/no-train: what is needed and not wired. */
import type { Port, PortKind } from '../../blocks/block';
import { completion } from '../complete';
import { canConnect, connect } from '../connect';
import { removeBlocks } from '../../document/edits';
import { nextId } from '../../document/ids';
import type { Point } from '../../document/document';
import type { Diagnostic, Fix } from '../diagnostic';
import type { Node } from '../graph';
import { lacksData } from '../infer-shapes';
import { newBlock } from '../insert';
import { connectData, insertAdam, insertLoss } from './filling-in';
import { openInputs, type Network } from '../network';
import { roomBelow } from '../room';
import { error, warning, type Rule } from './rule';

const WANTS: Record<PortKind, string> = {
  tensor: 'a tensor to work on',
  dataset: 'data',
  loss: 'a loss to make smaller',
  optimizer: 'an optimizer',
  metric: 'metrics',
};

export const graphMissingInput: Rule = (network) => {
  const { graph } = network;
  let loose: Map<PortKind, Node[]> | null = null;
  const found: Diagnostic[] = [];
  for (const node of graph.order) {
    if (graph.broken.has(node.id)) continue;
    const open = openInputs(node);
    if (open.length === 0) continue;
    loose ??= looseOutputs(network);
    const isNeeded = network.live.has(node) || node.definition.behaviour.kind === 'train';
    for (const name of isNeeded ? open : open.slice(0, 1)) {
      const port = node.ports.inputs.find((candidate) => candidate.name === name);
      if (port)
        found.push(isNeeded ? missing(network, node, port, loose) : unreachable(network, node, port, loose));
    }
  }
  return [...found, ...noTrain(network)];
};

/** Outputs that nothing reads yet, by kind: where there is exactly one, it is probably meant. */
function looseOutputs({ graph }: Network): Map<PortKind, Node[]> {
  const loose = new Map<PortKind, Node[]>();
  for (const node of graph.order)
    for (const { kind, name } of node.ports.outputs) {
      if (node.outputs.some((link) => link.from.port === name)) continue;
      const others = loose.get(kind);
      if (others) others.push(node);
      else loose.set(kind, [node]);
    }
  return loose;
}

function fillingIn(network: Network, node: Node, port: Port, ends: readonly Node[]): (Fix | null)[] {
  switch (port.kind) {
    case 'optimizer':
      return [insertAdam(network, node, port)];
    case 'loss':
      return [completion(network)?.fix ?? null, insertLoss(network, node, port, ends)];
    case 'dataset':
      return [connectData(network, node, port)];
    case 'tensor':
    case 'metric':
      return [];
  }
}

function connectLoose({ graph }: Network, node: Node, port: Port, loose: Map<PortKind, Node[]>): Fix | null {
  const candidates = loose.get(port.kind) ?? [];
  if (candidates.length !== 1) return null;
  const [other] = candidates;
  const output = other.ports.outputs.find(({ kind }) => kind === port.kind);
  if (!output) return null;
  const ends = [
    { block: other.id, port: output.name },
    { block: node.id, port: port.name },
  ] as const;
  if (!canConnect(graph.document, ...ends).ok) return null;
  return { label: `Connect ${other.label}`, edit: connect(graph.document, ...ends) };
}

function missing(network: Network, node: Node, port: Port, loose: Map<PortKind, Node[]>): Diagnostic {
  const connection = connectLoose(network, node, port, loose);
  return error('graph/missing-input', node, {
    port: port.name,
    message: `${node.label} has no wire at "${port.name}"; it needs ${WANTS[port.kind]}.`,
    why: 'Everything between the data and Train must be wired before training can start.',
    fixes: connection ? [connection] : fillingIn(network, node, port, loose.get('tensor') ?? []),
  });
}

function unreachable(network: Network, node: Node, port: Port, loose: Map<PortKind, Node[]>): Diagnostic {
  return warning('graph/unreachable', node, {
    port: port.name,
    message: `Nothing reaches ${node.label} at "${port.name}", so it takes no part.`,
    why: 'No wire brings it data, and nothing that trains reads it.',
    fixes: [
      connectLoose(network, node, port, loose),
      { label: 'Delete the block', edit: removeBlocks(network.graph.document, [node.id]) },
    ],
  });
}

function belowAll(positions: readonly Point[]): Point {
  if (positions.length === 0) return { x: 0, y: 0 };
  return { x: Math.min(...positions.map(({ x }) => x)), y: Math.max(...positions.map(({ y }) => y)) + 144 };
}

/** Nothing but data that cannot be read yet: they are what is told. */
function waitsForData({ graph, broken }: Network): boolean {
  const sources = graph.order.filter(({ definition }) => definition.behaviour.kind === 'source');
  return (
    sources.length > 0 && sources.length === graph.nodes.size && sources.every(({ id }) => broken.has(id))
  );
}

/** While there are no data either, the missing data are what is told. */
function noTrain(network: Network): Diagnostic[] {
  const { graph } = network;
  const { document } = graph;
  if (lacksData(network) || waitsForData(network)) return [];
  const blocks = Object.values(document.blocks);
  if (blocks.some(({ type, mode }) => type === 'Train' && mode !== 'muted')) return [];
  const position = roomBelow(document, belowAll(blocks.map((block) => block.position)));
  const rest = completion(network);
  const isOnlyData = rest !== null && network.facts.has(rest.after.id);
  return [
    error('graph/no-train', isOnlyData ? rest.after : null, {
      message: isOnlyData
        ? `${rest.after.label} leads to no network yet, so nothing can be trained.`
        : blocks.length === 0
          ? 'The canvas is empty.'
          : 'There is no Train block, so nothing can be trained.',
      why: isOnlyData
        ? 'Input brings the columns into a network, a loss compares its answer with the target, and Train changes the weights.'
        : 'A Train block takes a loss and an optimizer and changes the weights.',
      fixes: [
        rest?.fix ?? null,
        {
          label: 'Insert Train',
          edit: { kind: 'add-block', id: nextId(document, 'Train'), block: newBlock('Train', position) },
        },
      ],
    }),
  ];
}
