/** graph/dead-branch: blocks that are fed, but whose output leads to nothing that trains. */
import { removeBlocks } from '../../document/edits';
import type { Diagnostic } from '../diagnostic';
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

function deadEnd({ graph, live }: Network, node: Node): Diagnostic {
  const branch = branchOf(graph, live, node).map(({ id }) => id);
  const says = SAYS[node.definition.behaviour.kind] ?? 'Its output reaches no loss, so it will not learn.';
  return warning('graph/dead-branch', node, {
    message: `${node.label} leads nowhere. ${says}`,
    why: 'A wire may have been forgotten; without it the block is left out of the plan.',
    fixes: [
      {
        label: branch.length === 1 ? 'Delete the block' : `Delete the ${branch.length} blocks of the branch`,
        edit: removeBlocks(graph.document, branch),
      },
    ],
  });
}
