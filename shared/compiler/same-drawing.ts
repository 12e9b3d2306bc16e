/**
 * Owns what one graph takes over from the one before: where wires stayed and blocks differ in parameters or places only,
 * the graph is the old one with a few nodes replaced; else it is made anew, with the old nodes in it that are alike.
 */
import type { Block, BlockId, Document } from '../document/document';
import type { Graph, Link, Node } from './graph';

/** What a block's node and label are made of, but for its parameters. */
const isAlike = (a: Block, b: Block): boolean =>
  a.type === b.type && a.version === b.version && a.title === b.title && a.mode === b.mode;

const samePorts = (a: Node['ports'], b: Node['ports']): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Ids of the blocks that are other objects than before; null where blocks came, went, or became other blocks. */
function changedBlocks(before: Document, after: Document): BlockId[] | null {
  const ids = Object.keys(after.blocks);
  if (before.wires !== after.wires || before.composites !== after.composites) return null;
  if (Object.keys(before.blocks).length !== ids.length) return null;
  const changed = ids.filter((id) => after.blocks[id] !== before.blocks[id]);
  const isSame = (id: BlockId) =>
    Object.hasOwn(before.blocks, id) && isAlike(before.blocks[id], after.blocks[id]);
  return changed.every(isSame) ? changed : null;
}

/** `renew` makes the node of a changed block, or null where there is something to say about it. */
export function graphAfter(
  before: Graph,
  document: Document,
  renew: (node: Node, block: Block) => Node | null,
): Graph | null {
  const changed = changedBlocks(before.document, document);
  if (changed === null) return null;
  const replaced = new Map<Node, Node>();
  for (const id of changed) {
    const node = before.nodes.get(id);
    // A block without a node is muted, and stays so.
    if (!node) continue;
    const renewed = renew(node, document.blocks[id]);
    if (!renewed || !samePorts(renewed.ports, node.ports)) return null;
    replaced.set(node, { ...renewed, inputs: node.inputs, outputs: node.outputs });
  }
  const nodes = new Map(before.nodes);
  for (const [node, next] of replaced) nodes.set(node.id, next);
  const order = before.order.map((node) => replaced.get(node) ?? node);
  return { ...before, document, nodes, order };
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
