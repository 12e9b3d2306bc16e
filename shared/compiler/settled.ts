/**
 * Owns which blocks need no second look: a node of the compilation before that is the same object again, and whose
 * inputs were found to be the same. What was known of it then is carried over. Nodes with a remark are looked at again,
 * because fixes are edits of the document as it is now.
 */
import type { BlockId } from '../document/document';
import { sameJson } from '../document/canonical';
import type { Node } from './graph';
import type { Network } from './network';

export interface Settled {
  /** True where everything that is known of the node was carried over. */
  has(node: Node): boolean;
  /** Says that a node was looked at again; where it gives something else now, those that read it are not settled. */
  looked(node: Node): void;
}

const NONE: Settled = { has: () => false, looked: () => undefined };

/** Fills `now` with what is known from `before`, and takes out of it what is looked at again. */
export function carryOver(before: Network | undefined, now: Network): Settled {
  if (!before) return NONE;
  const open = new Set<BlockId>();
  const known = ['shapes', 'dtypes', 'arriving', 'inferences', 'columns'] as const;
  now.shapes = new Map(before.shapes);
  now.dtypes = new Map(before.dtypes);
  now.arriving = new Map(before.arriving);
  now.inferences = new Map(before.inferences);
  now.columns = new Map(before.columns);
  now.sequences = new Set(before.sequences);
  const forget = (id: BlockId) => {
    for (const what of known) now[what].delete(id);
    now.sequences.delete(id);
  };
  for (const [id, node] of before.graph.nodes)
    if (now.graph.nodes.get(id) !== node) {
      forget(id);
      open.add(id);
    }
  for (const [id, node] of now.graph.nodes) if (before.graph.nodes.get(id) !== node) open.add(id);
  for (const id of [...before.remarked, ...now.graph.broken, ...before.graph.broken]) open.add(id);
  const touched = new Set(open);
  if (now.graph.edit) now.touched = touched;

  const isTheSame = (id: BlockId): boolean => {
    const [was, is] = [before.graph.nodes.get(id), now.graph.nodes.get(id)];
    return (
      was?.label === is?.label &&
      was?.definition === is?.definition &&
      before.broken.has(id) === now.broken.has(id) &&
      before.sequences.has(id) === now.sequences.has(id) &&
      before.facts.get(id) === now.facts.get(id) &&
      before.dtypes.get(id) === now.dtypes.get(id) &&
      sameJson(before.shapes.get(id), now.shapes.get(id))
    );
  };
  return {
    has(node) {
      if (!open.has(node.id)) {
        if (before.broken.has(node.id)) now.broken.add(node.id);
        return true;
      }
      forget(node.id);
      return false;
    },
    looked({ id, outputs }) {
      touched.add(id);
      const shape = before.shapes.get(id);
      if (isTheSame(id)) {
        if (shape) now.shapes.set(id, shape);
      } else for (const { to } of outputs) open.add(to.block);
    },
  };
}
