/** graph/dead-branch: blocks that are fed, but whose output leads to nothing that trains. */
import { removeBlocks } from '../../document/edits';
import { canConnect, connect } from '../connect';
import type { Diagnostic, Fix } from '../diagnostic';
import { consumers, predecessors, reach, type Graph, type Node } from '../graph';
import { nodesOfKind, openInputs, type Network } from '../network';
import { warning, type Rule } from './rule';

export const graphDeadBranch: Rule = (network) => {
  const { graph, live } = network;
  // Before a loss is wired to Train everything would be dead, and the missing wire is reported already.
  if (live.size === 0) return [];
  const trains = new Set(nodesOfKind(graph, 'train'));
  return graph.order
    .filter((node) => !live.has(node) && !trains.has(node) && consumers(graph, node).length === 0)
    .filter((node) => openInputs(node).length === 0 && !graph.broken.has(node.id))
    .map((node) => deadEnd(network, node));
};

const SAYS: Partial<Record<Node['definition']['behaviour']['kind'], string>> = {
  source: 'Its data reach no Input and no loss, so they are not used.',
  preparation: 'Its data reach no Input and no loss, so they are not used.',
  loss: 'Its loss reaches no Train block, so it is not made smaller.',
  optimizer: 'It is wired to no Train block, so it changes nothing.',
};

/** The dead end together with all that leads nowhere else. */
function branchOf(graph: Graph, live: ReadonlySet<Node>, end: Node): Node[] {
  const branch = new Set([end]);
  const before = reach([end], (node) => predecessors(graph, node));
  for (const node of [...before].filter((candidate) => !live.has(candidate)))
    if (consumers(graph, node).every((consumer) => branch.has(consumer))) branch.add(node);
  return [...branch];
}

/** Wires from the dead end to what lacks one: the wire that was cut, or forgotten. */
function connections({ graph, live }: Network, end: Node): Fix[] {
  const wanting = graph.order.filter(
    (node) => (live.has(node) || node.definition.behaviour.kind === 'train') && !graph.broken.has(node.id),
  );
  return wanting.flatMap((node) =>
    openInputs(node).flatMap((name): Fix[] => {
      const input = node.ports.inputs.find((port) => port.name === name);
      const output = end.ports.outputs.find(({ kind }) => kind === input?.kind);
      if (!input || !output) return [];
      const ends = [
        { block: end.id, port: output.name },
        { block: node.id, port: input.name },
      ] as const;
      return canConnect(graph.document, ...ends).ok
        ? [{ label: `Connect to ${node.label}`, edit: connect(graph.document, ...ends) }]
        : [];
    }),
  );
}

function deletion({ graph, live }: Network, end: Node): Fix {
  const branch = branchOf(graph, live, end).map(({ id }) => id);
  return {
    label: branch.length === 1 ? 'Delete the block' : `Delete the ${branch.length} blocks of the branch`,
    edit: removeBlocks(graph.document, branch),
  };
}

function deadEnd(network: Network, node: Node): Diagnostic {
  const wires = connections(network, node);
  const says = SAYS[node.definition.behaviour.kind] ?? 'Its output reaches no loss, so it will not learn.';
  return warning('graph/dead-branch', node, {
    message: `${node.label} leads nowhere. ${says}`,
    why: 'A wire may have been forgotten; without it the block is left out of the plan.',
    fixes: wires.length > 0 ? wires : [deletion(network, node)],
  });
}
