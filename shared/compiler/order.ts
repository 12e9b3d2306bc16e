/** Owns the order of computation and the search for cycles. */
import type { WireId } from '../document/document';
import type { Graph, Node } from './graph';
import { dependents } from './graph';

function countIncoming(node: Node): number {
  let count = node.lender ? 1 : 0;
  for (const links of node.inputs.values()) count += links.length;
  return count;
}

/** Kahn's algorithm; ties are broken by id, so that the order does not depend on how the document was made. */
export function topologicalOrder(graph: Graph): Node[] {
  const waitingFor = new Map<Node, number>();
  for (const node of graph.nodes.values()) waitingFor.set(node, countIncoming(node));
  const order = [...graph.nodes.values()].filter((node) => waitingFor.get(node) === 0);
  const arrive = (next: Node | undefined) => {
    if (!next) return;
    const left = (waitingFor.get(next) ?? 0) - 1;
    waitingFor.set(next, left);
    if (left === 0) order.push(next);
  };
  for (let i = 0; i < order.length; i++) {
    for (const { to } of order[i].outputs) arrive(graph.nodes.get(to.block));
    order[i].borrowers.forEach(arrive);
  }
  return order;
}

export function wiresOfCycle(cycle: readonly Node[]): WireId[] {
  const inside = new Set(cycle.map(({ id }) => id));
  return cycle.flatMap(({ outputs }) =>
    outputs.filter(({ to }) => inside.has(to.block)).flatMap(({ wires }) => wires),
  );
}

interface Visit {
  node: Node;
  next: Node[];
  position: number;
}

/** Groups of nodes that reach each other (Tarjan 1972, without recursion, so that a long chain cannot overflow the stack). */
export function findCycles(graph: Graph, candidates: readonly Node[]): Node[][] {
  const allowed = new Set(candidates);
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const cycles: Node[][] = [];

  const enter = (node: Node): Visit => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, next: dependents(graph, node).filter((other) => allowed.has(other)), position: 0 };
  };
  const lower = (node: Node, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));
  const close = (node: Node) => {
    const group: Node[] = [];
    let last: Node | undefined;
    do {
      last = open.pop();
      if (!last) break;
      isOpen.delete(last);
      group.push(last);
    } while (last !== node);
    if (group.length > 1 || dependents(graph, node).includes(node)) cycles.push(group.reverse());
  };

  for (const start of candidates) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    while (path.length > 0) {
      const visit = path[path.length - 1];
      if (visit.position < visit.next.length) {
        const next = visit.next[visit.position++];
        if (!index.has(next)) path.push(enter(next));
        else if (isOpen.has(next)) lower(visit.node, index.get(next) ?? 0);
        continue;
      }
      path.pop();
      if (path.length > 0) lower(path[path.length - 1].node, low.get(visit.node) ?? 0);
      if (low.get(visit.node) === index.get(visit.node)) close(visit.node);
    }
  }
  return cycles;
}
