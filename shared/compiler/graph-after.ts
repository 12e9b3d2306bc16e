/**
 * Owns what one graph takes over from the one before. After an edit the graph is the old one with a few nodes replaced:
 * those whose block, label or wires are others now. Where something is to be said, or nodes stand for others, the graph
 * is made anew, with the old nodes in it that are alike.
 */
import type { BlockId, Document, WireId } from '../document/document';
import { compareIds, differingIds, insertId } from '../document/ids';
import type { Graph, Link, Node } from './graph';
import { arrive, endsAtMuted, isTaken, kindOfWire, linkOf, wiresAt, wiresOf } from './links';
import { topologicalOrder } from './order';

export interface Making {
  /** A node without wires; null where the graph is to be made anew. */
  nodeOf: (document: Document, id: BlockId, label: string) => Node | null;
  labelsOf: (document: Document) => ReadonlyMap<BlockId, string>;
}

/** null where the graph is to be made anew. */
export function graphAfter(before: Graph, document: Document, making: Making): Graph | null {
  const was = before.document;
  if (!before.isPlain || was.composites !== document.composites) return null;
  const blocks = differingIds(was.blocks, document.blocks);
  const wires = differingIds(was.wires, document.wires);
  const nodes = nodesAfter(before, document, blocks, making);
  if (!nodes) return null;
  const moved = new Set(
    blocks.filter(
      (id) =>
        before.nodes.has(id) !== nodes.has(id) ||
        Object.hasOwn(was.blocks, id) !== Object.hasOwn(document.blocks, id),
    ),
  );
  const around = new Set([...wires, ...wiresAt(was, moved), ...wiresAt(document, moved)]);
  const loose = new Set([...blocks, ...endsOf(was, around), ...endsOf(document, around)]);
  for (const id of loose) wiresOf(before.nodes.get(id)).forEach((wire) => around.add(wire));
  if (!tieAgain(nodes, document, loose, around)) return null;
  const isRewired = moved.size + wires.length > 0;
  const graph: Graph = {
    ...before,
    document,
    nodes: moved.size === 0 ? nodes : sorted(nodes, moved),
    edit: { blocks, wires, isRewired },
  };
  graph.order = isRewired ? topologicalOrder(graph) : before.order.flatMap(({ id }) => nodes.get(id) ?? []);
  return graph.order.length === nodes.size ? graph : null;
}

const entryOf = <V>(record: Readonly<Record<string, V>>, id: string): V | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** The old nodes with those of `changed` made anew, or taken out. */
function nodesAfter(
  before: Graph,
  document: Document,
  changed: readonly BlockId[],
  { nodeOf, labelsOf }: Making,
): Map<BlockId, Node> | null {
  const nodes = new Map(before.nodes);
  const isCalledAsBefore = (id: BlockId) => {
    const [a, b] = [entryOf(before.document.blocks, id), entryOf(document.blocks, id)];
    return a?.type === b?.type && a?.title === b?.title;
  };
  // What a block is called depends on how many others are called the same.
  const labels = changed.every(isCalledAsBefore) ? null : labelsOf(document);
  for (const id of changed) {
    const block = entryOf(document.blocks, id);
    const isPart = block !== undefined && block.mode !== 'muted';
    const node = isPart ? nodeOf(document, id, labels?.get(id) ?? nodes.get(id)?.label ?? id) : undefined;
    if (node === null) return null;
    if (node) nodes.set(id, node);
    else nodes.delete(id);
  }
  for (const [id, label] of labels ?? []) {
    const node = nodes.get(id);
    if (node && node.label !== label) nodes.set(id, { ...node, label });
  }
  return nodes;
}

const endsOf = ({ wires }: Document, ids: ReadonlySet<WireId>): BlockId[] =>
  [...ids].flatMap((id) => {
    const wire = entryOf(wires, id);
    return wire ? [wire.from.block, wire.to.block] : [];
  });

/** Ties the blocks in the order in which the wires were drawn; false where one cannot be tied. */
function tieAgain(
  nodes: Map<BlockId, Node>,
  document: Document,
  loose: ReadonlySet<BlockId>,
  wires: ReadonlySet<WireId>,
): boolean {
  for (const id of loose) {
    const node = nodes.get(id);
    if (node) nodes.set(id, { ...node, inputs: new Map(), outputs: [] });
  }
  return [...wires]
    .filter((id) => Object.hasOwn(document.wires, id))
    .sort(compareIds)
    .every((id) => tieEnds(nodes, document, loose, id));
}

function tieEnds(
  nodes: Map<BlockId, Node>,
  document: Document,
  loose: ReadonlySet<BlockId>,
  id: WireId,
): boolean {
  const wire = document.wires[id];
  if (endsAtMuted(document, wire)) return true;
  const kind = kindOfWire({ nodes }, wire);
  const [from, to] = [nodes.get(wire.from.block), nodes.get(wire.to.block)];
  if (kind === null || !from || !to) return false;
  const link = linkOf(id, wire, kind);
  if (loose.has(from.id)) from.outputs.push(link);
  if (!loose.has(to.id)) return true;
  if (isTaken(to, wire.to.port)) return false;
  arrive(to, link);
  return true;
}

/** In the order of their ids: those that came are put into the order of those that were there. */
function sorted(nodes: ReadonlyMap<BlockId, Node>, moved: ReadonlySet<BlockId>): Map<BlockId, Node> {
  const ids = [...nodes.keys()].filter((id) => !moved.has(id));
  for (const id of moved) if (nodes.has(id)) insertId(ids, id);
  const inOrder = new Map<BlockId, Node>();
  for (const id of ids) {
    const node = nodes.get(id);
    if (node) inOrder.set(id, node);
  }
  return inOrder;
}

/** Puts the nodes of the graph before in the place of those that are just like them. */
export function keepNodes(graph: Graph, before: Graph) {
  for (const [id, node] of graph.nodes) {
    const was = before.nodes.get(id);
    if (was && isAsBefore(was, node)) graph.nodes.set(id, was);
  }
}

const sameLinks = (a: readonly Link[], b: readonly Link[] | undefined): boolean =>
  a.length === b?.length && a.every((link, i) => link === b[i]);

/** Nodes that share weights hold each other, and are always made anew. */
function isAsBefore(was: Node, node: Node): boolean {
  if (was.block !== node.block || was.values !== node.values || was.label !== node.label) return false;
  if (was.definition !== node.definition || was.inputs.size !== node.inputs.size) return false;
  if ([was, node].some(({ lender, borrowers }) => lender !== null || borrowers.length > 0)) return false;
  for (const [port, arriving] of node.inputs) if (!sameLinks(arriving, was.inputs.get(port))) return false;
  return sameLinks(node.outputs, was.outputs);
}
