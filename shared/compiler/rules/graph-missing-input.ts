/** graph/missing-input, graph/unreachable, graph/no-train: what is needed and not wired. */
import type { Port, PortKind } from '../../blocks/block';
import { canConnect, connect } from '../connect';
import { removeBlocks } from '../../document/edits';
import { nextId } from '../../document/ids';
import type { Point } from '../../document/document';
import type { Diagnostic, Fix } from '../diagnostic';
import type { Node } from '../graph';
import { newBlock } from '../insert';
import { connectData, insertAdam, insertLoss } from './filling-in';
import { openInputs, type Network } from '../network';
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
  const loose = looseOutputs(network);
  const found: Diagnostic[] = [];
  for (const node of graph.order) {
    if (graph.broken.has(node.id)) continue;
    const open = openInputs(node);
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
    for (const { kind, name } of node.ports.outputs)
      if (!node.outputs.some((link) => link.from.port === name))
        loose.set(kind, [...(loose.get(kind) ?? []), node]);
  return loose;
}

function fillingIn(network: Network, node: Node, port: Port, ends: readonly Node[]): (Fix | null)[] {
  switch (port.kind) {
    case 'optimizer':
      return [insertAdam(network, node, port)];
    case 'loss':
      return [insertLoss(network, node, port, ends)];
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

function noTrain({ graph }: Network): Diagnostic[] {
  const { document } = graph;
  const blocks = Object.values(document.blocks);
  if (blocks.some(({ type, mode }) => type === 'Train' && mode !== 'muted')) return [];
  const position = belowAll(blocks.map((block) => block.position));
  return [
    error('graph/no-train', null, {
      message:
        blocks.length === 0 ? 'The canvas is empty.' : 'There is no Train block, so nothing can be trained.',
      why: 'A Train block takes a loss and an optimizer and changes the weights.',
      fixes: [
        {
          label: 'Insert Train',
          edit: { kind: 'add-block', id: nextId(document, 'Train'), block: newBlock('Train', position) },
        },
      ],
    }),
  ];
}
